package io.podlab.demo.echo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.kit.testing.RawAnswer;
import io.podlab.kit.testing.RawRequest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EchoResourceTest {
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
  void takesTheMethodsThereAre(String method) {
    given()
        .accept("*/*")
        .when()
        .request(method, "/echo?a=1")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(startsWith(method + " /echo?a=1 HTTP/1.1\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/echo?x={1}",
        "/echo?x=\"|^<>\\`%&y=100%25",
        "//%65cho/?",
        "/x/../echo?x=[#]",
        "http://test/echo?x",
      })
  void tellsTheTargetAsItArrived(String target) throws IOException {
    // When
    String answer =
        RawRequest.send("GET " + target + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");

    // Then
    assertThat(answer).contains("\r\n\r\nGET " + target + " HTTP/1.1\n");
  }

  /** Each character is sent as one byte. */
  @ParameterizedTest
  @CsvSource({
    "\u00c3\u00a4, \u00e4",
    "\u00e4, %E4",
    "a\u00e4\u00c3\u00a4b, a%E4\u00e4b",
    "\u00c3, %C3",
    "\u00c0\u00af, %C0%AF",
    "\u00ed\u00a0\u0080, %ED%A0%80",
    "\u00f0\u009f\u0098\u0080, \uD83D\uDE00",
    "\u00f0\u009f\u0098, %F0%9F%98"
  })
  void takesWhatIsOutsideAsciiForUtf8AndLosesNoByte(String sent, String told) throws IOException {
    // When
    RawAnswer answer = RawAnswer.of("GET", "/echo?x=" + sent, "X-N: " + sent);

    // Then
    assertThat(answer.body())
        .contains("GET /echo?x=" + told + " HTTP/1.1\n", "X-N: " + told + "\n");
  }

  @Test
  void tellsThePathOfAProxysRequestAlone() throws IOException {
    // When
    RawAnswer answer = RawAnswer.of("GET", "HTTP://t/echo?x=/y", "Accept: application/json");

    // Then
    assertThat(answer.body())
        .contains("\"target\":\"HTTP://t/echo?x=/y\"", "\"path\":\"/echo\"", "\"query\":\"x=/y\"");
  }

  @Test
  void tellsEverythingInJson() {
    given()
        .urlEncodingEnabled(false)
        .accept("application/json")
        .contentType("application/x-www-form-urlencoded")
        .header("X-Twice", "one", "two")
        .body("name=value")
        .when()
        .post("/echo?q=%C3%A4")
        .then()
        .statusCode(200)
        .body("method", equalTo("POST"))
        .body("path", equalTo("/echo"))
        .body("query", equalTo("q=%C3%A4"))
        .body("protocol", equalTo("HTTP/1.1"))
        .body("headers.'X-Twice'", contains("one", "two"))
        .body("headers.'Content-Type'[0]", startsWith("application/x-www-form-urlencoded"))
        .body("body", equalTo("name=value"))
        .body("$", not(hasKey("bodyBase64")));
  }

  @Test
  void tellsTheAcceptHeaderAsItArrived() {
    // Given
    String accept = "text/html;q=0.3, text/plain;q=0.2, */*;q=0.1";

    // Then
    given()
        .header("Accept", accept)
        .get("/headers")
        .then()
        .statusCode(200)
        .body(containsString("Accept: " + accept + "\n"));
    given().header("Accept", accept).get("/echo").then().body(containsString(accept));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-A: 1",
        "x-A: 1|X-a: 2|x-A: 3",
        "Accept:",
        "Accept: text/plain;q=0.3|X-After: 1|Accept: */*;q=0.1",
        "ACCEPT: text/plain",
        "accept: garbage",
        "Content-Length: 0",
        "Content-Type: text/plain|Content-Length: 0",
        "Accept-Encoding: gzip, br|Cookie: a=1|Cookie: b=2",
        "X-Forwarded-For: 10.0.0.1|X-Forwarded-Proto: https|Forwarded: for=10.0.0.2",
        "User-Agent: kube-probe/1.36|X-Empty:"
      })
  void tellsTheHeadersThatArrivedAndNoOthers(String headers) throws IOException {
    // Given
    String[] sent = headers.split("\\|");

    // When
    RawAnswer answer = RawAnswer.of("GET", "/headers", sent);

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().lines().map(String::strip))
        .startsWith("Host: test")
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Stream.of("Host: test", "Connection: close"), Stream.of(sent))
                .flatMap(one -> one)
                .toList());
  }

  /** The second one is invalid: its trace id is zero. */
  @ParameterizedTest
  @CsvSource({
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 4bf92f3577b34da6a3ce929d0e0e4736",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01, mine"
  })
  void tellsTheTraceparentAndUsesAValidOneAsTheRequestId(String traceparent, String id) {
    for (String path : List.of("/echo", "/headers")) {
      given()
          .header("traceparent", traceparent)
          .header("X-Request-Id", "mine")
          .accept("*/*")
          .get(path)
          .then()
          .header("X-Request-Id", id)
          .body(containsString("traceparent: " + traceparent + "\n"));
    }
    given()
        .header("traceparent", traceparent)
        .accept("application/json")
        .get("/echo")
        .then()
        .body("headers.traceparent", contains(traceparent));
  }

  @Test
  void tellsHeadersInJson() {
    given()
        .accept("application/json")
        .header("X-Request-Id", "42")
        .get("/headers")
        .then()
        .statusCode(200)
        .body("'X-Request-Id'", contains("42"));
  }

  @Test
  void takesABodyOfSixtyFourKilobytesAndNoLonger() {
    // Given
    byte[] longest = new byte[64 * 1024];
    java.util.Arrays.fill(longest, (byte) 'x');

    // Then
    String answer = given().body(longest).post("/echo").then().statusCode(200).extract().asString();
    assertThat(answer).endsWith("\n\n" + "x".repeat(64 * 1024) + "\n");
    given().body(new byte[64 * 1024 + 1]).post("/echo").then().statusCode(413);
  }

  @Test
  void refusesHeadersThatAreTooLong() {
    given().header("X-Long", "x".repeat(30_000)).get("/headers").then().statusCode(431);
  }
}
