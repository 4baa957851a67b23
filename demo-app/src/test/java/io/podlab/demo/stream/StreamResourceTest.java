package io.podlab.demo.stream;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.podlab.kit.testing.RawAnswer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StreamResourceTest {
  private static final Duration THREE_PAUSES = StreamResource.BETWEEN_LINES.multipliedBy(3);

  @Inject StreamResource streams;

  @ParameterizedTest
  @CsvSource({
    "1000, 200, */*, text/plain;charset=UTF-8",
    "1000, 200, application/json, application/json",
    "1001, 400, */*, text/plain;charset=UTF-8"
  })
  void answersAHeadAtOnce(String lines, int status, String accept, String type) throws IOException {
    // When: this many lines take 100 s, and RawAnswer waits 20 s
    RawAnswer answer = RawAnswer.of("HEAD", "/stream/" + lines, "Accept: " + accept);

    // Then
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains(type);
    assertThat(streams.running()).isZero();
  }

  @Test
  void answersWithThatManyLinesOneAfterTheOther() {
    // Given
    long before = System.nanoTime();

    // When
    when()
        .get("/stream/4")
        .then()
        .statusCode(200)
        .header("Transfer-Encoding", "chunked")
        .body(equalTo("line 1 of 4\nline 2 of 4\nline 3 of 4\nline 4 of 4\n"));

    // Then
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(THREE_PAUSES);
    await().until(() -> streams.running() == 0);
  }

  @Test
  void answersWithAListInJson() {
    given()
        .accept("application/json")
        .get("/stream/2")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("$", hasSize(2))
        .body("[1].line", equalTo(2));
  }

  @Test
  void sendsALineBeforeTheNextIsThereAndEndsWithTheClient() throws IOException {
    // Given
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "GET /stream/1000 HTTP/1.1\r\nHost: test\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(answer.lines().filter(line -> line.startsWith("line ")).findFirst())
          .contains("line 1 of 1000");
      assertThat(streams.running()).isEqualTo(1);
    }

    // Then
    await().until(() -> streams.running() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "1.5", "many", "10000"})
  void saysHowManyItTakes(String n) {
    given()
        .accept("application/json")
        .get("/stream/" + n)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("n"))
        .body("accepted", equalTo("1 to 1000"));
  }
}
