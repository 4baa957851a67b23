package io.podlab.kit.testing;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every Podlab service does alike over HTTP. A service inherits these tests:
 * {@code @QuarkusTest class HttpContractTest extends HttpContract {}}.
 */
public abstract class HttpContract {
  private static final byte[] A_MEGABYTE = new byte[1_000_000];

  @ParameterizedTest
  @ValueSource(strings = {"live", "ready", "started"})
  void isHealthy(String probe) {
    when().get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */*                                                                  | text/plain; version=0.0.4
          text/plain                                                           | text/plain; version=0.0.4
          text/html,*/*;q=0.8                                                  | text/plain; version=0.0.4
          application/json                                                     | text/plain; version=0.0.4
          text/html                                                            | text/plain; version=0.0.4
          application/openmetrics-text                                         | application/openmetrics-text
          application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2    | application/openmetrics-text
          """)
  void givesMetricsInTheFormatThatWasAskedFor(String accept, String contentType) {
    given()
        .header("Accept", accept)
        .when()
        .get("/metrics")
        .then()
        .statusCode(200)
        .contentType(startsWith(contentType));
  }

  @Test
  void measuresTheJvmHttpAndItself() {
    // Given
    when().get("/nowhere").then().statusCode(404);

    // Then
    when()
        .get("/metrics")
        .then()
        .body(containsString("# HELP jvm_memory_used_bytes "))
        .body(containsString("# HELP http_server_requests_seconds "))
        .body(containsString("# HELP lab_"));
  }

  @Test
  void helpsWithEveryMetric() throws IOException {
    // Given
    raw("GET /%zz", "Accept: */*");
    raw("POST /", "Content-Type: garbage");

    // When
    List<String> lines = when().get("/metrics").asString().lines().toList();

    // Then
    assertThat(lines)
        .filteredOn(line -> line.startsWith("# HELP "))
        .isNotEmpty()
        .allMatch(line -> line.matches("# HELP \\S+ \\S.*"));
  }

  @Test
  void tellsATextClientInALineThatThereIsNothing() {
    given()
        .accept("*/*")
        .when()
        .get("/nowhere")
        .then()
        .statusCode(404)
        .contentType("text/plain;charset=UTF-8")
        .body(
            startsWith("404 Not Found: nothing is at /nowhere; /q/openapi lists what there is\n"));
  }

  @Test
  void tellsAJsonClientInProblemDetails() {
    given()
        .accept("application/json")
        .when()
        .get("/nowhere")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("title", equalTo("Not Found"))
        .body("status", equalTo(404))
        .body("detail", startsWith("nothing is at /nowhere"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          garbage                             | text/plain
          ,                                   | text/plain
          text/*                              | text/plain
          application/*                       | application/problem+json
          application/json;q=0.5              | application/problem+json
          text/plain;q=0.1,application/json   | application/problem+json
          application/xml                     | text/plain
          """)
  void takesAnyAcceptHeaderForWhatItCanMean(String accept, String contentType) {
    given()
        .header("Accept", accept)
        .when()
        .get("/nowhere")
        .then()
        .statusCode(404)
        .contentType(startsWith(contentType));
  }

  @Test
  void saysWhenAContentTypeIsNone() throws IOException {
    assertThat(raw("POST /nowhere", "Content-Type: garbage"))
        .startsWith("HTTP/1.1 400 ")
        .endsWith(
            "400 Bad Request: Content-Type: it is not a media type; accepted: such as"
                + " application/json, or no header\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/tokens", "/nowhere"})
  void refusesATooLongBodyWhereverItGoes(String path) {
    given()
        .accept("application/json")
        .contentType("application/json")
        .body(A_MEGABYTE)
        .when()
        .post(path)
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("detail", equalTo("the body is longer than 65536 bytes"));
  }

  @Test
  void refusesATooLongBodyThatDeclaresNoLength() throws IOException {
    assertThat(
            raw(
                "POST /nowhere",
                "Transfer-Encoding: chunked",
                "10001\r\n" + "x".repeat(65_537) + "\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ")
        .contains("the body is longer than 65536 bytes");
  }

  @Test
  void readsNothingOfABodyThatIsFarTooLong() throws IOException {
    assertThat(raw("POST /nowhere", "Content-Length: 99999999999"))
        .startsWith("HTTP/1.1 413 ")
        .containsIgnoringCase("connection: close");
  }

  @Test
  void goesOnAfterARefusedBody() {
    // Given
    given().body(A_MEGABYTE).when().post("/").then().statusCode(413);

    // Then
    when().get("/q/health/live").then().statusCode(200);
  }

  @Test
  void putsNoPathThatAnyoneCanChooseIntoTheMetrics() throws IOException {
    // Given
    given().body(A_MEGABYTE).when().post("/chosen-by-a-client").then().statusCode(413);
    assertThat(raw("POST /chosen-by-a-client", "Content-Type: garbage")).contains(" 400 ");
    assertThat(raw("GET /%zz-chosen-by-a-client", "Accept: */*")).contains(" 400 ");
    // One of these is a resource's in each service, and takes other methods and types.
    for (String path : List.of("/files/", "/probes/", "/tokens/", "/config/")) {
      for (String method : List.of("OPTIONS", "PUT", "POST", "TRACE", "CHOSEN", "HEAD")) {
        raw(method + " " + path + "chosen-by-a-client", "Accept: image/png");
      }
      raw("GET " + path + "chosen-by-a-client", "Accept: image/png");
      raw("HEAD " + path + "chosen-by-a-client/history?follow", "Accept: text/event-stream");
    }

    // Then
    when().get("/metrics").then().body(not(containsString("chosen-by-a-client")));
  }

  @Test
  void describesEveryOperationInOpenApi() {
    // When
    JsonPath document = given().queryParam("format", "json").get("/q/openapi").jsonPath();

    // Then
    Map<String, Map<String, Map<String, Object>>> paths = document.getMap("paths");
    assertThat(paths).isNotEmpty();
    assertThat(paths.values())
        .allSatisfy(
            operations ->
                assertThat(operations)
                    .allSatisfy(
                        (method, operation) ->
                            assertThat(operation)
                                .containsKeys(
                                    "operationId", "summary", "description", "tags", "responses")));
  }

  private static String raw(String methodAndPath, String header) throws IOException {
    return raw(methodAndPath, header, "");
  }

  /** Sends what no well-meant client can be made to send. */
  private static String raw(String methodAndPath, String header, String body) throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(20_000);
      String request =
          methodAndPath
              + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n"
              + header
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
