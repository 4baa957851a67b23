package io.podlab.demo.responseheaders;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.podlab.kit.testing.RawAnswer;
import io.podlab.kit.testing.RawRequest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ResponseHeadersResourceTest {
  @Test
  void answersWithTheHeadersAndShowsThem() throws IOException {
    // When
    String answer = get("/response-headers?Retry-After=5&x-a=1&X-B=a+b%09c&x-a=2&X-Empty=&X-None");

    // Then
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains(
            "\r\nRetry-After: 5\r\n",
            "\r\nx-a: 1\r\n",
            "\r\nx-a: 2\r\n",
            "\r\nX-B: a b\tc\r\n",
            "\r\nX-Empty: \r\n",
            "\r\nX-None: \r\n")
        .containsIgnoringCase("\r\ncontent-type: text/plain;charset=UTF-8\r\n")
        .contains("\r\n\r\nRetry-After: 5\nx-a: 1\nx-a: 2\nX-B: a b");
  }

  @Test
  void showsThemInJson() {
    given()
        .accept("application/json")
        .when()
        .get("/response-headers?Retry-After=5&X-A=1&X-A=2")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Retry-After", "5")
        .body("Retry-After", contains("5"))
        .body("X-A", contains("1", "2"));
  }

  @Test
  void setsTheContentTypeWithoutLettingABrowserRunAScript() throws IOException {
    // When
    RawAnswer answer = RawAnswer.of("GET", "/response-headers?content-type=text/html&X-A=%3Cb%3E");

    // Then
    assertThat(answer.header("Content-Type")).contains("text/html");
    assertThat(answer.header("Content-Security-Policy")).contains("sandbox");
    assertThat(answer.body()).contains("X-A: <b>\n");
    assertThat(
            RawAnswer.of(
                    "GET", "/response-headers?Content-Type=image/png", "Accept: application/json")
                .body())
        .isEqualTo("{\"Content-Type\":[\"image/png\"]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Security-Policy", "content-security-policy"})
  void keepsTheSandboxNextToARequestedPolicy(String name) {
    assertThat(
            given()
                .get("/response-headers?Content-Type=text/html&" + name + "=x")
                .headers()
                .getValues(name))
        .containsExactlyInAnyOrder("x", "sandbox");
  }

  @Test
  void answersHeadWithTheHeaders() {
    given()
        .head("/response-headers?Retry-After=5")
        .then()
        .statusCode(200)
        .header("Retry-After", "5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "content-length",
        "Keep-Alive",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "X-Request-Id"
      })
  void refusesHeadersOfTheConnectionAndOfTheService(String name) {
    given()
        .accept("application/json")
        .when()
        .get("/response-headers?X-A=1&" + name + "=7")
        .then()
        .statusCode(400)
        .body("field", equalTo(name))
        .body("detail", equalTo("it cannot be set"))
        .body(
            "accepted",
            equalTo(
                "any header except connection, content-length, keep-alive, proxy-connection, te,"
                    + " trailer, transfer-encoding, upgrade, x-request-id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "=5 | query: '' is not a header name",
        "X-A=1& | query: '' is not a header name",
        "X%20A=1 | query: 'X A' is not a header name",
        "X%0D%0AY=1 | is not a header name",
        "X%3AA=1 | query: 'X:A' is not a header name",
        "%C3%A4=1 | query: '\u00e4' is not a header name",
        "X-A=1%0D%0AX-B:2 | is not a header value",
        "X-A=1%0A | is not a header value",
        "X-A=%00 | is not a header value",
        "X-A=%7F | is not a header value",
        "X-A=%C3%A4 | X-A: '\u00e4' is not a header value; use printable ASCII",
        "X-A=%E4 | is not a header value",
        "X-A=+1 | X-A: ' 1' is not a header value",
        "X-A=1%09 | is not a header value",
        "Content-Type=x | Content-Type: 'x' is not a media type; use a media type such as text/html",
        "Content-Type= | Content-Type: '' is not a media type",
        "Content-Type=text/html&content-type=text/css | content-type: it occurs twice; use one value",
      })
  void refusesWhatIsNotAHeader(String query, String why) throws IOException {
    // When
    String answer = get("/response-headers?" + query);

    // Then
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/response-headers", "/response-headers?"})
  void refusesARequestWithoutHeaders(String target) throws IOException {
    assertThat(get(target))
        .startsWith("HTTP/1.1 400 ")
        .contains("query: it is empty; use 1 to 50 headers such as ?Retry-After=5");
  }

  @Test
  void setsFiftyHeadersAndNoMore() throws IOException {
    assertThat(get("/response-headers?" + headers(50))).startsWith("HTTP/1.1 200 ");
    assertThat(get("/response-headers?" + headers(51)))
        .startsWith("HTTP/1.1 400 ")
        .contains("it has 51 headers");
  }

  /** The service accepts no longer URL, so no longer header either. */
  @Test
  void refusesAUrlThatIsTooLong() throws IOException {
    assertThat(get("/response-headers?X=" + "x".repeat(4000))).startsWith("HTTP/1.1 200 ");
    assertThat(get("/response-headers?X=" + "x".repeat(4100))).contains(" 414 ");
  }

  private static String headers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "X-A=" + i).collect(Collectors.joining("&"));
  }

  private static String get(String target) throws IOException {
    return RawRequest.send("GET " + target + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
  }
}
