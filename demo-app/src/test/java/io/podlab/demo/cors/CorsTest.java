package io.podlab.demo.cors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(CorsTest.TwoOrigins.class)
class CorsTest {
  private static final String ALLOWED = "https://a.example";

  public static class TwoOrigins implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("lab.demo.cors", "https://a.example,http://b.example:3000");
    }
  }

  /** Also errors, so that a script can read why. */
  @ParameterizedTest
  @CsvSource({
    "GET, /, 200",
    "HEAD, /, 200",
    "GET, /echo, 200",
    "GET, /healthz, 200",
    "GET, /metrics, 200",
    "GET, /q/health, 200",
    "GET, /status/500, 500",
    "GET, /delay/abc, 400",
    "GET, /nowhere, 404",
    "DELETE, /, 405",
    "DELETE, /whoami, 405",
    "OPTIONS, /, 204",
    "OPTIONS, /nowhere, 404"
  })
  void letsScriptsOfAnAllowedOriginReadEachAnswer(String method, String path, int status) {
    readable(given().header("Origin", ALLOWED).accept("*/*").when().request(method, path), status);
  }

  @Test
  void letsScriptsReadRefusalsOfRequests() {
    readable(from(ALLOWED).accept("image/png").when().get("/"), 406);
    readable(from(ALLOWED).body(new byte[70_000]).when().post("/echo"), 413);
    readable(from(ALLOWED).header("Content-Type", "x").when().get("/echo"), 400);
  }

  private static RequestSpecification from(String origin) {
    return given().header("Origin", origin);
  }

  private static ValidatableResponse readable(Response answer, int status) {
    return answer
        .then()
        .statusCode(status)
        .header("Access-Control-Allow-Origin", ALLOWED)
        .header("Access-Control-Allow-Credentials", "true")
        .header("Access-Control-Expose-Headers", "X-Request-Id")
        .header("Vary", containsString("Origin"));
  }

  @ParameterizedTest
  @CsvSource({"/, DELETE", "/, GET", "/healthz, PUT", "/faults/burn, POST", "/nowhere, PATCH"})
  void allowsTheMethodsAndHeadersThatAPreflightAsksFor(String path, String method) {
    readable(
            from(ALLOWED)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "content-type,x-name")
                .when()
                .options(path),
            204)
        .header("Access-Control-Allow-Methods", equalTo("GET, HEAD, POST, PUT, PATCH, DELETE"))
        .header("Access-Control-Allow-Headers", "content-type,x-name")
        .header("Access-Control-Max-Age", "600")
        .header("X-Request-Id", matchesPattern("[0-9a-f]{32}"));
  }

  @Test
  void keepsPathsOfPreflightsOutOfTheMetrics() {
    // When
    from(ALLOWED).header("Access-Control-Request-Method", "GET").options("/chosen/path");

    // Then
    given()
        .get("/metrics")
        .then()
        .body(containsString("uri=\"/OPTIONS\""))
        .body(not(containsString("/chosen")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://c.example", "http://a.example", "null", "garbage"})
  void doesNotLetOtherOriginsRead(String origin) {
    notReadable(from(origin).when().get("/"));
    notReadable(from(origin).header("Access-Control-Request-Method", "PUT").options("/healthz"));
  }

  @Test
  void addsOnlyVaryToARequestWithoutAnOrigin() {
    notReadable(given().when().get("/"));
  }

  private static void notReadable(Response answer) {
    answer
        .then()
        .header("Access-Control-Allow-Origin", nullValue())
        .header("Access-Control-Allow-Methods", nullValue())
        .header("Access-Control-Allow-Credentials", nullValue())
        .header("Vary", containsString("Origin"));
  }

  @ParameterizedTest
  @CsvSource({
    "Access-Control-Expose-Headers, Retry-After",
    "Access-Control-Allow-Origin, *",
    "access-control-allow-credentials, false"
  })
  void keepsTheHeadersThatAClientRequests(String name, String value) {
    assertThat(
            from(ALLOWED)
                .get("/response-headers?" + name + "=" + value + "&Retry-After=5")
                .headers()
                .getValues(name))
        .containsExactly(value);
  }

  /** The page has a Vary header of its own. */
  @Test
  void keepsTheVaryHeaderOfThePage() {
    assertThat(from(ALLOWED).accept("text/html").get("/").headers().getValues("Vary"))
        .containsExactlyInAnyOrder("accept", "Origin");
  }
}
