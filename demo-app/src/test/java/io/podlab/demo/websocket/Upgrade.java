package io.podlab.demo.websocket;

/** The text of an upgrade request. */
final class Upgrade {
  static final String REQUEST = "GET /ws HTTP/1.1\r\nHost: test\r\n";
  static final String HEADERS = "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n";
  static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
  static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  static final String VALID = REQUEST + HEADERS + VERSION + KEY + "\r\n";

  private Upgrade() {}
}
