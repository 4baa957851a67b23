package io.podlab.demo.prefix;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.kit.http.PathPrefix;
import io.podlab.kit.testing.RawAnswer;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(PrefixTest.Demo.class)
public class PrefixTest {
  public static class Demo implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("lab.demo.prefix", "/demo", "lab.demo.content", "src/test");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/whoami, 200",
    "/healthz, 200",
    "/readyz, 200",
    "/q/health/live, 200",
    "/q/openapi, 200",
    "/metrics, 200",
    "/lifecycle, 200",
    "/files, 200",
    "/files/java, 200",
    "/status/418, 418",
    "/delay/abc, 400",
    "/nowhere, 404"
  })
  void answersTheSameWithAndWithoutThePrefix(String path, int status) throws IOException {
    for (String prefix : new String[] {"/demo", "", "//d%65mo/", "http://test/demo"}) {
      assertThat(RawAnswer.of("GET", prefix + path).status()).as(prefix + path).isEqualTo(status);
      assertThat(RawAnswer.of("HEAD", prefix + path).status()).as(prefix + path).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/demo", "/demo/", "/demo?x", "/demo/?x"})
  void answersWithThePod(String path) {
    given()
        .accept("application/json")
        .when()
        .get(path)
        .then()
        .statusCode(200)
        .body("pod.size()", greaterThan(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/demo/demo", "/demonstration", "/demo%2Fwhoami", "/x/demo/whoami"})
  void removesThePrefixOnceAndOnlyFromTheBeginning(String path) throws IOException {
    assertThat(RawAnswer.of("GET", path).status()).isEqualTo(404);
  }

  @Test
  void listsTheMethodsOfAPath() throws IOException {
    assertThat(RawAnswer.of("OPTIONS", "/demo/healthz").header("Allow"))
        .contains("GET, HEAD, OPTIONS, PUT");
    assertThat(RawAnswer.of("OPTIONS", "/demo").header("Allow")).contains("GET, HEAD, OPTIONS");
  }

  @Test
  void showsThePathAsTheClientSpelledIt() throws IOException {
    assertThat(RawAnswer.of("GET", "/d%65mo//echo?a=1").body())
        .startsWith("GET /d%65mo//echo?a=1 HTTP/1.1\n");
    when().get("/demo/echo?a=1").then().body(startsWith("GET /demo/echo?a=1 HTTP/1.1\n"));
    given().accept("application/json").get("/demo/echo").then().body("path", equalTo("/demo/echo"));
  }

  @Test
  void recognizesProbes() {
    // Given
    long before = requests();

    // When
    when().get("/demo/healthz").then().statusCode(200);
    when().get("/demo/readyz").then().statusCode(200);

    // Then
    given()
        .accept("application/json")
        .get("/lifecycle")
        .then()
        .body("events.event", hasItem("first-liveness-probe"))
        .body("events.event", hasItem("first-readiness-probe"));
    assertThat(requests()).isEqualTo(before);
    when().get("/demo/whoami");
    await().untilAsserted(() -> assertThat(requests()).isEqualTo(before + 1));
  }

  private static long requests() {
    return given().accept("application/json").get("/lifecycle").jsonPath().getLong("requests");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /demo, 200, /",
    "GET, /demo/?x, 200, /",
    "PUT, /demo, 405, /REFUSED",
    "GET, /demo/whoami, 200, /whoami",
    "GET, /demo/delay/0, 200, /delay/{duration}",
    "GET, /demo/chosen, 404, NOT_FOUND"
  })
  void measuresARequestOnceAndWithoutThePrefix(
      String method, String path, int status, String label) {
    // Given
    String series = "{method=\"" + method + "\"";
    String ofLabel = "status=\"" + status + "\",uri=\"" + label + "\"";
    Map<String, Double> before = counts();

    // When
    given().accept("application/json").when().request(method, path).then().statusCode(status);

    // Then: reading the metrics is a request, too
    await()
        .untilAsserted(
            () -> {
              Map<String, Double> after = counts();
              before.forEach((name, count) -> after.merge(name, -count, Double::sum));
              after.values().removeIf(more -> more == 0);
              after.keySet().removeIf(name -> name.contains("uri=\"/metrics\""));
              assertThat(after)
                  .containsOnlyKeys(
                      after.keySet().stream()
                          .filter(name -> name.contains(series) && name.contains(ofLabel))
                          .toList())
                  .containsValue(1.0)
                  .hasSize(1);
            });
  }

  private static Map<String, Double> counts() {
    Map<String, Double> counts = new HashMap<>();
    when()
        .get("/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("http_server_requests_seconds_count"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              counts.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    return counts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/echo/demo", "/files", "/metrics", "/q/demo"})
  void refusesAPrefixThatHidesAnEndpoint(String path) {
    assertThatThrownBy(
            () ->
                Prefix.checked(
                    new PathPrefix(path), Stream.of("/", "/healthz", "/echo", "/files/{path}")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'" + path + "' hides the endpoints at /");
  }

  @Test
  void acceptsAPrefixThatOnlyBeginsLikeAnEndpoint() {
    PathPrefix prefix = new PathPrefix("/echoes");
    assertThat(Prefix.checked(prefix, Stream.of("/", "/echo"))).isEqualTo(prefix);
  }
}
