package io.podlab.config.delivery;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Limits what the kernel buffers for a client that does not read: this memory counts towards the
 * container's limit, too.
 */
@Singleton
final class SendBuffer implements HttpServerOptionsCustomizer {
  private static final int BYTES = 16 * 1024;

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setSendBufferSize(BYTES);
  }
}
