package io.podlab.token.start;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.token.Admin;
import io.podlab.token.TemporaryState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors, limits and the OpenAPI document of the whole service. */
@QuarkusTest
@WithTestResource(TemporaryState.class)
class ServiceTest {
  @TestHTTPResource URI root;

  @ParameterizedTest(name = "{0} {1} of {2}: {3}")
  @CsvSource({
    "GET, /nothing, text/plain, 404, Not Found",
    "GET, /ca, text/plain, 404, Not Found",
    "GET, /tokens/a/b, text/plain, 404, Not Found",
    "DELETE, /cluster-info, text/plain, 405, Method Not Allowed",
    "PUT, /tokens, text/plain, 405, Method Not Allowed",
    "PUT, /ca/hash, text/plain, 405, Method Not Allowed",
    "POST, /ca/hash, application/json, 415, Unsupported Media Type",
    "POST, /tokens, text/plain, 415, Unsupported Media Type",
    "POST, /tokens, application/xml, 415, Unsupported Media Type",
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
    "DELETE, /cluster-info, application/json, 405, Method Not Allowed",
    "PUT, /ca/hash, application/json, 405, Method Not Allowed",
    "POST, /tokens, text/plain, 415, Unsupported Media Type",
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
  @ValueSource(strings = {"/tokens", "/ca/hash"})
  void listsTheTypesIfNoneIsAcceptable(String path) {
    given()
        .accept("image/png")
        .when()
        .get(path)
        .then()
        .statusCode(406)
        .body(containsString("text/plain, application/json"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"/tokens", "/ca/hash", "/nothing"})
  void refusesTenMegabytesInChunks(String path) throws Exception {
    // Given
    BodyPublisher body =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10_000_000]));

    // When
    HttpResponse<String> answer = post(path, "application/json", body);

    // Then
    assertTooLong(answer);
  }

  @Test
  void acceptsABodyOf64KiB() throws Exception {
    // Given
    String request = "{\"ttl\": \"1s\"}";
    String body = request + " ".repeat(64 * 1024 - request.length());

    // When
    HttpResponse<String> answer =
        post("/tokens", "application/json", BodyPublishers.ofString(body));

    // Then
    assertThat(answer.statusCode()).isEqualTo(201);
  }

  @Test
  void refusesABodyOneByteLonger() throws Exception {
    // Given
    String request = "{\"ttl\": \"1s\"}";
    String body = request + " ".repeat(64 * 1024 + 1 - request.length());

    // When
    HttpResponse<String> answer =
        post("/tokens", "application/json", BodyPublishers.ofString(body));

    // Then
    assertTooLong(answer);
  }

  @Test
  void measuresItsRequests() {
    // Given
    when().get("/ca/hash").then().statusCode(200);

    // When, Then
    when()
        .get("/metrics")
        .then()
        .body(containsString("http_server_requests_seconds_count{method=\"GET\""))
        .body(containsString("uri=\"/ca/hash\""));
  }

  @Test
  void documentsEveryEndpointAndNoOther() {
    // When
    Set<String> paths = openApi("paths").keySet();

    // Then
    assertThat(paths)
        .containsExactlyInAnyOrder(
            "/ca.crt",
            "/ca/hash",
            "/cluster-info",
            "/tokens",
            "/tokens/generate",
            "/tokens/join-command",
            "/tokens/{id}",
            "/tokens/{id}/discovery-file",
            "/tokens/{id}/join-command");
  }

  @ParameterizedTest(name = "{1} {0}: {2}")
  @CsvSource({
    "/tokens, post, '201 400 401 403 409 413 415 422 429 503'",
    "/tokens/join-command, post, '201 400 401 403 409 413 415 422 429 503'",
    "/tokens/generate, post, '200 400 401 403 503'",
    "/tokens, get, '200 400 401 403 503'",
    "/tokens/{id}, get, '200 400 401 403 404 409 503'",
    "/tokens/{id}, patch, '200 400 401 403 404 409 413 415 503'",
    "/tokens/{id}/join-command, get, '200 400 401 403 404 409 503'",
    "/tokens/{id}/discovery-file, get, '200 400 401 403 404 409 503'",
    "/tokens, delete, '200 400 401 403 503'",
    "/tokens/{id}, delete, '200 204 400 401 403 404 409 503'",
    "/ca/hash, get, '200 503'",
    "/ca/hash, post, '200 400 413 415'",
    "/ca.crt, get, '200 503'",
    "/cluster-info, get, '200 401 403 503'",
  })
  void documentsTheStatusesOfEveryEndpoint(String path, String method, String statuses) {
    // When
    Map<String, ?> responses = openApi("paths.'%s'.%s.responses".formatted(path, method));

    // Then
    assertThat(responses).containsOnlyKeys(statuses.split(" "));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"400", "401", "403", "409", "413", "415", "422", "429", "503"})
  void documentsErrorsAsProblemDetails(String status) {
    // When
    Map<?, ?> content = (Map<?, ?>) response("/tokens", "post", status).get("content");

    // Then
    assertThat(content.keySet())
        .map(Object::toString)
        .containsExactlyInAnyOrder("application/problem+json", "text/plain");
  }

  @ParameterizedTest(name = "{1} {0} {2}: {3}")
  @CsvSource({
    "/tokens, post, 201, Location Idempotency-Replayed",
    "/tokens, post, 401, WWW-Authenticate",
    "/tokens, get, 403, WWW-Authenticate",
    "/tokens, post, 429, Retry-After",
    "/tokens/join-command, post, 429, Retry-After",
    "/tokens, get, 503, Retry-After",
    "/ca.crt, get, 503, Retry-After",
  })
  void documentsTheResponseHeaders(String path, String method, String status, String names) {
    // When
    Map<?, ?> headers = (Map<?, ?>) response(path, method, status).get("headers");

    // Then
    assertThat(headers.keySet()).map(Object::toString).containsExactlyInAnyOrder(names.split(" "));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "/tokens, Idempotency-Key",
    "/tokens/join-command, Idempotency-Key controlPlane certificateKey apiVersion",
  })
  void documentsEveryParameter(String path, String names) {
    // When
    List<Map<String, ?>> parameters =
        document().getList("paths.'%s'.post.parameters".formatted(path));

    // Then
    assertThat(parameters)
        .map(parameter -> resolved(parameter).get("name").toString())
        .containsExactlyInAnyOrder(names.split(" "));
  }

  @Test
  void documentsTheFieldsOfANewToken() {
    // When
    Map<String, ?> body = resolved(openApi("paths.'/tokens'.post.requestBody"));
    Map<String, ?> fields = openApi("components.schemas.TokenRequest.properties");

    // Then
    assertThat(body.get("content").toString())
        .contains("application/json={schema={$ref=#/components/schemas/TokenRequest}")
        .contains("application/x-www-form-urlencoded=");
    assertThat(fields).containsOnlyKeys("token", "ttl", "usages", "groups", "description");
  }

  @Test
  void documentsEveryAcceptedContentType() {
    // When
    Map<?, ?> content =
        (Map<?, ?>) resolved(openApi("paths.'/ca/hash'.post.requestBody")).get("content");

    // Then
    assertThat(content.keySet())
        .map(Object::toString)
        .containsExactlyInAnyOrder(
            "application/x-pem-file",
            "application/pem-certificate-chain",
            "text/plain",
            "application/octet-stream",
            "application/x-www-form-urlencoded");
  }

  private static JsonPath document() {
    return given().accept(ContentType.JSON).get("/q/openapi").jsonPath();
  }

  private static Map<String, ?> openApi(String path) {
    return document().getMap(path);
  }

  private static Map<String, ?> response(String path, String method, String status) {
    return resolved(openApi("paths.'%s'.%s.responses.'%s'".formatted(path, method, status)));
  }

  /** Resolves a reference. */
  private static Map<String, ?> resolved(Map<String, ?> object) {
    return object.containsKey("$ref")
        ? openApi(object.get("$ref").toString().substring("#/".length()).replace('/', '.'))
        : object;
  }

  private HttpResponse<String> post(String path, String type, BodyPublisher body) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(root.resolve(path))
                .header("Content-Type", type)
                .header("Accept", "*/*")
                .header("Authorization", Admin.bearer())
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
