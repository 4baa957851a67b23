package io.podlab.demo.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class QuickAnswerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          none   | none                    | true
          Accept | */*                     | true
          Accept | text/plain              | true
          Accept | application/json        | false
          Accept | text/html,*/*;q=0.8     | false
          Accept | application/xml         | false
          Content-Length    | 5            | false
          Transfer-Encoding | chunked      | false
          Content-Type      | garbage      | false
          """)
  void isForRequestsThatNeedNothingElse(String header, String value, boolean quick) {
    // Given
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (header != null) {
      headers.add(header, value);
    }

    // Then
    assertThat(QuickAnswer.isPlain(headers)).isEqualTo(quick);
  }

  /** Quickly or not, the line is the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "GET /?first HTTP/1.1",
        "GET / HTTP/1.1\r\nAccept: */*",
        "GET / HTTP/1.1\r\nAccept: text/plain,*/*;q=0.8",
        "GET / HTTP/1.1\r\nContent-Length: 4\r\nX: y",
      })
  void isTheSameAsTheSlowOne(String request) throws IOException {
    assertThat(raw(request))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .containsIgnoringCase("\r\ncontent-type: text/plain;charset=UTF-8\r\n")
        .containsPattern("\r\n\r\npod \\S+, .*version \\S+, request \\d+\n$");
  }

  @Test
  void leavesOtherMethodsAlone() throws IOException {
    assertThat(raw("POST / HTTP/1.1")).startsWith("HTTP/1.1 405 ");
    assertThat(raw("HEAD / HTTP/1.1")).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      String whole = request + "\r\nHost: test\r\nConnection: close\r\n\r\nbody";
      socket.getOutputStream().write(whole.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
