package io.podlab.demo.websocket;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Switches the compression of WebSocket messages off: a small frame could become a large message.
 * Without compression, Vert.x refuses frames that claim to be compressed.
 */
@Singleton
final class NoCompression implements HttpServerOptionsCustomizer {
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    apply(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    apply(options);
  }

  static HttpServerOptions apply(HttpServerOptions options) {
    return options
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
  }
}
