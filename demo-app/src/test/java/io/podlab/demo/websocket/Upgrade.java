package io.podlab.demo.websocket;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

/** The text of an upgrade request. */
final class Upgrade {
  static final String REQUEST = "GET /ws HTTP/1.1\r\nHost: test\r\n";
  static final String HEADERS = "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n";
  static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
  static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  static final String VALID = REQUEST + HEADERS + VERSION + KEY + "\r\n";

  private Upgrade() {}

  /** The number of WebSockets in the HTTP metrics. */
  static int counted() {
    return when()
        .get("/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("http_server_requests_seconds_count"))
        .filter(line -> line.contains("status=\"101\""))
        .peek(line -> assertThat(line).contains("uri=\"/ws\""))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
