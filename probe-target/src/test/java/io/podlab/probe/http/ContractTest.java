package io.podlab.probe.http;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every Podlab service does alike; the file is the same in each of them. */
@QuarkusTest
class ContractTest {
  private static final byte[] TEN_MEGABYTES = new byte[10_000_000];

  @ParameterizedTest
  @ValueSource(strings = {"live", "ready", "started"})
  void isHealthy(String probe) {
    when().get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void givesPrometheusTheMetricsOfTheJvmAndOfHttp() {
    // Given
    when().get("/nowhere").then().statusCode(404);

    // Then
    given()
        .accept("text/plain")
        .when()
        .get("/metrics")
        .then()
        .statusCode(200)
        .body(containsString("jvm_memory_used_bytes"))
        .body(containsString("http_server_requests_seconds_count"))
        .body(containsString("# HELP lab_"));
  }

  @Test
  void givesMetricsAsOpenMetricsOnRequest() {
    given()
        .accept("application/openmetrics-text; version=1.0.0; charset=utf-8")
        .when()
        .get("/metrics")
        .then()
        .statusCode(200)
        .contentType(startsWith("application/openmetrics-text"));
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
        .body(equalTo("404 Not Found: nothing is at /nowhere; /q/openapi lists what there is\n"));
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
  @ValueSource(strings = {"/", "/tokens", "/nowhere"})
  void refusesATooLongBodyWhereverItGoes(String path) {
    given()
        .accept("application/json")
        .contentType("application/json")
        .body(TEN_MEGABYTES)
        .when()
        .post(path)
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("detail", equalTo("the body is longer than 65536 bytes"));
  }

  @Test
  void goesOnAfterARefusedBody() {
    // Given
    given().body(TEN_MEGABYTES).when().post("/").then().statusCode(413);

    // Then
    when().get("/q/health/live").then().statusCode(200);
  }

  @Test
  void putsNoPathThatAnyoneCanChooseIntoTheMetrics() {
    // Given
    given().body(TEN_MEGABYTES).when().post("/chosen-by-a-client").then().statusCode(413);

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
}
