package io.podlab.demo.root;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.kit.testing.RawRequest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RootTest {
  private static final String FIREFOX =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  @Test
  void answersABrowserWithThePage() {
    given()
        .header("Accept", FIREFOX)
        .when()
        .get("/")
        .then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .header("Content-Security-Policy", startsWith("default-src 'none'"))
        .header("Cache-Control", "no-store")
        .header("Vary", "accept")
        .body(startsWith("<!DOCTYPE html>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "GET /?first HTTP/1.1",
        "GET / HTTP/1.1\r\nAccept: */*",
        "GET / HTTP/1.1\r\nAccept: text/plain,*/*;q=0.8",
        "GET / HTTP/1.1\r\nAccept: garbage",
        "GET / HTTP/1.1\r\nContent-Length: 4\r\nX: y",
      })
  void isALineForOthers(String request) throws IOException {
    assertThat(raw(request))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .containsIgnoringCase("\r\ncontent-type: text/plain;charset=UTF-8\r\n")
        .containsPattern("\r\n\r\npod \\S+, .*version \\S+, request \\d+\n$");
  }

  @Test
  void hasTheUsualAnswersToOtherMethodsAndTypes() throws IOException {
    assertThat(raw("POST / HTTP/1.1")).startsWith("HTTP/1.1 405 ");
    assertThat(raw("HEAD / HTTP/1.1"))
        .startsWith("HTTP/1.1 200 ")
        .containsIgnoringCase("content-type: text/plain")
        .endsWith("\r\n\r\n");
    assertThat(raw("GET / HTTP/1.1\r\nAccept: image/png")).startsWith("HTTP/1.1 406 ");
  }

  private static String raw(String request) throws IOException {
    return RawRequest.send(request + "\r\nHost: test\r\nConnection: close\r\n\r\nbody");
  }

  @Test
  void isARequestToThePod() {
    // Given
    long before = requests();

    // When
    given().header("Accept", FIREFOX).when().get("/").then().statusCode(200);

    // Then
    assertThat(requests()).isEqualTo(before + 2);
  }

  @ParameterizedTest
  @CsvSource({
    "/, */*",
    "/, application/json",
    "/, text/html",
    "/whoami, */*",
    "/whoami, application/json"
  })
  void countsNoHeadAsARequest(String path, String accept) {
    // Given
    long before = requests();

    // When
    given().accept(accept).when().head(path).then().statusCode(200);

    // Then
    assertThat(requests()).isEqualTo(before + 1);
  }

  @Test
  void givesThePageWhatItShowsFirst() {
    // When
    String html = given().header("Accept", FIREFOX).get("/").asString();

    // Then
    String begin = "<script type=\"application/json\" id=\"first\">";
    int from = html.indexOf(begin) + begin.length();
    JsonPath first = JsonPath.from(html.substring(from, html.indexOf("</script", from)));
    assertThat(first.getString("pod.pod")).isNotBlank();
    assertThat(first.getList("lifecycle.events.event")).contains("process-start");
    assertThat(first.getString("readyz.status")).isEqualTo("ok");
  }

  @Test
  void leavesOtherPathsAsTheyAre() {
    given().header("Accept", FIREFOX).when().get("/whoami").then().body(startsWith("pod "));
    given().header("Accept", FIREFOX).when().get("/healthz").then().body(startsWith("ok"));
  }

  private static long requests() {
    return given().accept("application/json").get("/").jsonPath().getLong("requests");
  }

  @Test
  void namesNoOtherHost() {
    // Given
    String html = given().header("Accept", FIREFOX).get("/").asString();

    // Then: the namespace of SVG is a name, not an address
    assertThat(html.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "src=", "@import", "url(", "innerHTML");
  }
}
