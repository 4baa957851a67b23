package io.podlab.demo.websocket;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.demo.PodWithFaults;
import io.podlab.kit.testing.RawRequest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(PodWithFaults.class)
class WebSocketTest {
  @TestHTTPResource("/ws")
  URI uri;

  @Inject WebSockets sockets;

  @AfterEach
  void endFaultsAndConnections() {
    when().delete("/faults").then().statusCode(200);
    await().until(() -> sockets.open() == 0);
  }

  private Client connect() throws Exception {
    return new Client(URI.create(uri.toString().replace("http:", "ws:")));
  }

  @Test
  void echoesTextAndBinaryMessagesAndFragments() throws Exception {
    // Given
    Client client = connect();

    // When
    client.sendText("", true);
    client.sendText("héllo 😀", true);
    client.sendText("", false);
    client.sendText("a", false);
    client.sendText("b", true);
    client.sendBinary(new byte[3], false);
    client.sendBinary(new byte[2], true);

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(client.received())
                    .containsExactly(
                        "text , last",
                        "text héllo 😀, last",
                        "text ",
                        "text a",
                        "text b, last",
                        "binary 3",
                        "binary 2, last"));
    client.socket().sendClose(WebSocket.NORMAL_CLOSURE, "done").get();
    assertThat(client.end()).startsWith("1000 ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void acceptsAMessageOf64KiBAndNoLargerOne(boolean inOneFrame) throws Exception {
    // Given
    Client client = connect();
    byte[] half = new byte[EchoSocket.MOST_BYTES / 2];
    client.sendBinary(half, false);
    client.sendBinary(half, true);
    await().until(() -> client.received().toString().endsWith(", last]"));

    // When
    if (inOneFrame) {
      client.sendBinary(new byte[EchoSocket.MOST_BYTES + 1], true);
    } else {
      client.sendBinary(half, false);
      client.sendBinary(half, false);
      client.sendBinary(new byte[1], true);
    }

    // Then
    assertThat(client.end()).isEqualTo("1009 the message is larger than 65536 bytes");
    await().until(() -> sockets.open() == 0);
  }

  @ParameterizedTest
  @CsvSource({
    // The invalid byte ff, a continuation without a beginning, and a compressed message.
    "8181000000 00ff, 1007",
    "8080000000 00, 1002",
    "c181000000 0061, 1002",
  })
  void closesWithTheStatusOfTheViolation(String frame, int status) throws Exception {
    try (Socket client = RawRequest.open(Upgrade.VALID)) {
      // Given
      awaitTheEndOfTheHeaders(client);

      // When
      client.getOutputStream().write(HexFormat.of().parseHex(frame.replace(" ", "")));

      // Then
      InputStream answer = client.getInputStream();
      assertThat(answer.read()).isEqualTo(0x88);
      answer.read();
      assertThat((answer.read() << 8) + answer.read()).isEqualTo(status);
      // The service closes the connection.
      answer.readAllBytes();
    }
  }

  private static String awaitTheEndOfTheHeaders(Socket client) throws IOException {
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\n")) {
      answer.append((char) client.getInputStream().read());
    }
    return answer.toString();
  }

  @Test
  void tellsOthersHowToConnect() {
    given()
        .accept("application/json")
        .when()
        .get("/ws")
        .then()
        .statusCode(426)
        .contentType("application/problem+json")
        .header("Upgrade", "websocket")
        .body("title", equalTo("Upgrade Required"))
        .body("accepted", startsWith("a WebSocket client"));
    when().get("/ws").then().statusCode(426).body(startsWith("426 Upgrade Required: this path "));
    when().head("/ws").then().statusCode(426);
    when().post("/ws").then().statusCode(405).header("Allow", "GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Connection: Upgrade                                          | 426 Upgrade Required: this path only accepts
          Upgrade: websocket                                           | 426 Upgrade Required: this path only accepts
          Upgrade: h2c, Connection: Upgrade                            | 426 Upgrade Required: this path only accepts
          Connection: Upgrade, Upgrade: websocket                      | 426 Upgrade Required: Sec-WebSocket-Version: this
          Connection: Upgrade, Upgrade: websocket, Sec-WebSocket-Version: 8  | 426 Upgrade Required: Sec-WebSocket-Version: this
          Connection: Upgrade, Upgrade: websocket, Sec-WebSocket-Version: 13 | 400 Bad Request: Sec-WebSocket-Key: it is missing
          Connection: Upgrade, Upgrade: websocket, Sec-WebSocket-Version: 13, Sec-WebSocket-Key: eA== | 400 Bad Request: Sec-WebSocket-Key: it is
          Connection: Upgrade, Upgrade: websocket, Sec-WebSocket-Version: 13, Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Content-Length: 1 | 400 Bad Request: a WebSocket request cannot
          """)
  void refusesAnInvalidUpgradeAndKeepsTheConnection(String headers, String text)
      throws IOException {
    // When
    String answers =
        RawRequest.send(
            Upgrade.REQUEST
                + headers.replace(", ", "\r\n")
                + "\r\n\r\n"
                + (headers.contains("Content-Length") ? "x" : "")
                + "GET /healthz HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");

    // Then
    assertThat(answers).startsWith("HTTP/1.1 4").containsSubsequence(text, "HTTP/1.1 200 OK");
    if (text.contains("Sec-WebSocket-Version")) {
      assertThat(answers).containsIgnoringCase("\r\nsec-websocket-version: 13\r\n");
    }
    assertThat(sockets.open()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws?q={a}", "/ws?q=\u0082"})
  void refusesATargetThatAWebSocketUrlCannotHave(String target) throws IOException {
    // When
    try (Socket client = RawRequest.open(Upgrade.VALID.replace("/ws", target))) {
      // Then
      assertThat(awaitTheEndOfTheHeaders(client)).startsWith("HTTP/1.1 400 ");
      assertThat(new String(client.getInputStream().readNBytes(70), StandardCharsets.UTF_8))
          .startsWith("400 Bad Request: request target: it has a character");
    }
  }

  @Test
  void acceptsSeveralConnectionHeaders() throws IOException {
    // When
    String request = Upgrade.VALID.replace("keep-alive, ", "keep-alive\r\nConnection: ");
    try (Socket client = RawRequest.open(request)) {
      // Then
      assertThat(awaitTheEndOfTheHeaders(client)).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void acceptsAPipelinedUpgrade() throws IOException {
    // When
    try (Socket client =
        RawRequest.open("GET /delay/100ms HTTP/1.1\r\nHost: test\r\n\r\n" + Upgrade.VALID)) {
      // Then
      assertThat(awaitTheEndOfTheHeaders(client)).startsWith("HTTP/1.1 200 ");
      assertThat(awaitTheEndOfTheHeaders(client)).contains("HTTP/1.1 101 ");
    }
  }

  @Test
  void hasAPlaceForOneThousand() throws Exception {
    // Given
    for (int i = 0; i < WebSockets.MOST; i++) {
      assertThat(sockets.reserve()).isTrue();
    }
    try (Socket client = RawRequest.open(Upgrade.VALID)) {
      // Then
      assertThat(awaitTheEndOfTheHeaders(client)).startsWith("HTTP/1.1 503 ");
      byte[] text = client.getInputStream().readNBytes(70);
      assertThat(new String(text, StandardCharsets.UTF_8))
          .contains("503 Service Unavailable: too many WebSockets (at most 1000)");
    } finally {
      for (int i = 0; i < WebSockets.MOST; i++) {
        sockets.release();
      }
    }
    Client client = connect();
    assertThat(sockets.open()).isEqualTo(1);
    client.socket().abort();
  }

  @Test
  void isAnAnsweredRequestWhileItIsOpen() throws Exception {
    // When
    Client client = connect();

    // Then
    await()
        .untilAsserted(
            () ->
                when()
                    .get("/metrics")
                    .then()
                    .body(containsString("lab_demo_inflight_requests 0.0"))
                    .body(containsString("lab_demo_websockets 1.0"))
                    .body(
                        containsString(
                            "http_server_requests_seconds_count{method=\"GET\",outcome=\"INFORMATIONAL\","
                                + "status=\"101\",uri=\"/ws\"")));
    client.socket().abort();
  }

  @Test
  void takesPartInTheFaults() throws Exception {
    // Given
    int before = Upgrade.counted();
    when().post("/faults/errors?rate=1").then().statusCode(200);
    try (Socket client = RawRequest.open(Upgrade.VALID)) {
      assertThat(awaitTheEndOfTheHeaders(client)).startsWith("HTTP/1.1 500 ");
    }
    when().delete("/faults").then().statusCode(200);
    when().post("/faults/hang").then().statusCode(200);

    try (Socket client = RawRequest.open(Upgrade.VALID)) {
      await()
          .untilAsserted(
              () ->
                  when()
                      .get("/metrics")
                      .then()
                      .body(containsString("lab_demo_inflight_requests 1.0")));

      // When
      when().delete("/faults").then().statusCode(200);

      // Then
      assertThat(awaitTheEndOfTheHeaders(client)).startsWith("HTTP/1.1 101 ");
    }
    await().untilAsserted(() -> assertThat(Upgrade.counted()).isEqualTo(before + 1));
  }
}
