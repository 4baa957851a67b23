package io.podlab.config.sources;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.config.MountedDirectory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(MountedDirectory.class)
class SourcesResourceTest {
  @TestHTTPResource URI root;

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
            containsString("environment: there is no LAB_VALUE_*"));
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

  @ParameterizedTest
  @ValueSource(strings = {"src=\"http", "href=\"http", "@import", "innerHTML", "url("})
  void hasNothingOfElsewhereInThePage(String what) {
    assertThat(Page.read().html()).doesNotContain(what);
  }

  @Test
  void streamsTheSame() throws Exception {
    // When
    HttpResponse<InputStream> stream =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(root.resolve("/sources/stream")).build(),
                BodyHandlers.ofInputStream());

    // Then
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("data:").contains("\"source\":\"volume\"");
    }
  }
}
