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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */*                                                                  | text/plain; version=0.0.4
          text/plain                                                           | text/plain; version=0.0.4
          text/html,*/*;q=0.8                                                  | text/plain; version=0.0.4
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
  void helpsWithEveryMetric() {
    // Given
    given().urlEncodingEnabled(false).get("/%zz");
    given().contentType("garbage").body("x").post("/");

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
  void saysWhenAContentTypeIsNone() {
    given()
        .accept("application/json")
        .contentType("garbage")
        .body("x")
        .when()
        .post("/nowhere")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("Content-Type"));
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
    given().contentType("garbage").when().post("/chosen-by-a-client").then().statusCode(400);
    given().urlEncodingEnabled(false).get("/%zz-chosen-by-a-client").then().statusCode(400);

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
