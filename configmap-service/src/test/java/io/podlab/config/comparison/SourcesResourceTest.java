package io.podlab.config.comparison;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.config.MountedDirectory;
import io.podlab.config.directory.MountedConfigMap;
import io.podlab.kit.page.Page;
import io.podlab.kit.testing.SettableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(MountedDirectory.class)
class SourcesResourceTest {
  @TestHTTPResource URI root;
  @Inject SettableClock clock;
  MountedConfigMap configMap;

  @Test
  void answersCurlWithATable() {
    given()
        .accept("*/*")
        .when()
        .get("/sources")
        .then()
        .statusCode(200)
        .body(startsWith("KEY "))
        .body(containsString("VOLUME *"))
        .body(
            containsString("never: fixed at start"),
            containsString("environment: no LAB_VALUE_* variable is set"));
  }

  @Test
  void answersJsonOnRequest() {
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/sources")
        .then()
        .statusCode(200)
        .body("sources.source", equalTo(List.of("arguments", "environment", "volume")))
        .body("sources[2].active", equalTo(true))
        .body("sources[2].version", startsWith(".."))
        .body("keys.key", hasItem("color"))
        .body("keys.find { it.key == 'color' }.values.volume.since", startsWith("2026"));
  }

  @Test
  void givesABrowserThePage() {
    given()
        .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
        .when()
        .get("/sources")
        .then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .header("Content-Security-Policy", startsWith("default-src 'none'; style-src 'sha256-"))
        .body(containsString("Where does the configuration come from?"));
  }

  @Test
  void givesThePageWhatItShowsFirst() throws IOException {
    // Given
    configMap.publish(Map.of("color", "red", "greeting", "</script><b>Hi & bye"));
    when().post("/-/reload").then().statusCode(200);

    // When
    String html = given().accept(ContentType.HTML).get("/sources").asString();

    // Then
    String begin = "<script type=\"application/json\" id=\"first\">";
    int from = html.indexOf(begin) + begin.length();
    JsonPath first = JsonPath.from(html.substring(from, html.indexOf("</script", from)));
    assertThat(first.getList("sources.source"))
        .containsExactly("arguments", "environment", "volume");
    assertThat(first.getString("keys.find { it.key == 'greeting' }.values.volume.value"))
        .isEqualTo("</script><b>Hi & bye");
  }

  @ParameterizedTest
  @ValueSource(strings = {"src=\"http", "href=\"http", "@import", "innerHTML", "url("})
  void hasNothingOfElsewhereInThePage(String what) {
    assertThat(Page.read("sources.html", SourcesResource.class).html()).doesNotContain(what);
  }

  @Test
  void showsWhatAReloadHasJustRead() throws IOException {
    for (String color : List.of("blue", "green", "red")) {
      // Given
      given().accept(ContentType.JSON).get("/sources").then().statusCode(200);
      configMap.publish(Map.of("color", color));

      // When
      when().post("/-/reload").then().statusCode(200);

      // Then
      given()
          .accept(ContentType.JSON)
          .get("/sources")
          .then()
          .body("keys.find { it.key == 'color' }.values.volume.value", equalTo(color));
    }
  }

  @Test
  void streamsNothingOld() throws Exception {
    try (BufferedReader one = stream()) {
      // Given
      one.readLine();

      // When
      clock.advance(Duration.ofMillis(500));

      // Then
      try (BufferedReader other = stream()) {
        assertThat(JsonPath.from(other.readLine().substring("data:".length())).getString("now"))
            .isEqualTo(clock.instant().toString());
      }
    }
  }

  private BufferedReader stream() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(root.resolve("/sources/stream")).build();
    return new BufferedReader(
        new InputStreamReader(
            HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body(),
            StandardCharsets.UTF_8));
  }

  @Test
  void streamsTheSame() throws Exception {
    try (BufferedReader lines = stream()) {
      assertThat(lines.readLine()).startsWith("data:").contains("\"source\":\"volume\"");
    }
  }
}
