package io.podlab.config.start;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.config.MountedDirectory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Status codes, content types and OpenAPI of all endpoints. */
@QuarkusTest
@WithTestResource(MountedDirectory.class)
class ServiceTest {
  @TestHTTPResource URI root;

  @ParameterizedTest(name = "{0} {1} of {2}: {3}")
  @CsvSource({
    "GET, /nothing, text/plain, 404, Not Found",
    "GET, /config/nothing, text/plain, 404, Not Found",
    "GET, /config?watch=x, text/plain, 400, Bad Request",
    "POST, /config/rollback/x, text/plain, 400, Bad Request",
    "POST, /config/rollback/0123456789abcdef, text/plain, 404, Not Found",
    "GET, /config/rollback/0123456789abcdef, text/plain, 405, Method Not Allowed",
    "GET, /-/reload, text/plain, 405, Method Not Allowed",
    "POST, /config, text/plain, 405, Method Not Allowed",
    "PUT, /config, application/json, 405, Method Not Allowed",
    "DELETE, /config, text/plain, 405, Method Not Allowed",
  })
  void refusesInTextForCurl(String method, String path, String type, int status, String title) {
    given()
        .accept("*/*")
        .header("Content-Type", type)
        .when()
        .request(method, path)
        .then()
        .statusCode(status)
        .contentType("text/plain;charset=UTF-8")
        .body(startsWith(status + " " + title + ": "));
  }

  @ParameterizedTest(name = "{0} {1} of {2}: {3}")
  @CsvSource({
    "GET, /nothing, application/json, 404, Not Found",
    "POST, /config, text/plain, 405, Method Not Allowed",
    "DELETE, /config, application/json, 405, Method Not Allowed",
  })
  void refusesInProblemDetailsOnRequest(
      String method, String path, String type, int status, String title) {
    given()
        .accept(ContentType.JSON)
        .header("Content-Type", type)
        .when()
        .request(method, path)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("title", equalTo(title));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"/config", "/config/color", "/config/history", "/greeting", "/sources"})
  void saysWhichTypesThereAreWhenNoneIsAccepted(String path) {
    given()
        .accept("image/png")
        .when()
        .get(path)
        .then()
        .statusCode(406)
        .body(containsString("text/plain, application/json"));
  }

  @Test
  void refusesTenMegabytesInChunks() throws Exception {
    // Given
    BodyPublisher body =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10_000_000]));

    // When
    HttpResponse<String> answer = post("/config", "application/json", body);

    // Then
    assertTooLong(answer);
  }

  @Test
  void documentsEveryEndpointAndNoOther() {
    // When
    Set<String> paths = openApi("paths").keySet();

    // Then
    assertThat(paths)
        .containsExactlyInAnyOrder(
            "/-/reload",
            "/config",
            "/config/check",
            "/config/history",
            "/config/rollback/{revision}",
            "/config/stream",
            "/config/{key}",
            "/greeting",
            "/sources",
            "/sources/stream");
  }

  @Test
  void documentsWhatTheEndpointMayAnswer() {
    // When
    Map<String, ?> responses = openApi("paths.'/config'.get.responses");

    // Then
    assertThat(responses).containsOnlyKeys("200", "304", "400", "503");
  }

  private static Map<String, ?> openApi(String path) {
    return given().accept(ContentType.JSON).get("/q/openapi").jsonPath().getMap(path);
  }

  private HttpResponse<String> post(String path, String type, BodyPublisher body) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(root.resolve(path))
                .header("Content-Type", type)
                .header("Accept", "*/*")
                .POST(body)
                .build(),
            BodyHandlers.ofString());
  }

  private static void assertTooLong(HttpResponse<String> answer) {
    assertThat(answer)
        .extracting(HttpResponse::statusCode, HttpResponse::body)
        .containsExactly(
            413, "413 Request Entity Too Large: the body is too large; use at most 65536 bytes\n");
  }
}
