package io.podlab.config.delivery;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Keeps the kernel from buffering more for each client that does not read: that memory counts
 * towards the container's limit, too.
 */
@Singleton
final class SendBuffer implements HttpServerOptionsCustomizer {
  private static final int BYTES = 16 * 1024;

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setSendBufferSize(BYTES);
  }
}
