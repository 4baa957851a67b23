package io.podlab.token.access;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.podlab.kit.testing.RawRequest;
import io.podlab.kit.testing.Spellings;
import io.podlab.token.Admin;
import io.podlab.token.TemporaryState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TemporaryState.class)
class AccessTest {
  private static final Set<String> OPEN = Set.of("GET /ca/hash", "POST /ca/hash", "GET /ca.crt");

  @BeforeEach
  void sendNoToken() {
    RestAssured.replaceFiltersWith(List.of());
  }

  /** Every endpoint with its OpenAPI operation. */
  private static Map<String, Map<String, ?>> endpoints() {
    Map<String, Map<String, Map<String, ?>>> paths =
        given().accept(ContentType.JSON).get("/q/openapi").jsonPath().getMap("paths");
    Map<String, Map<String, ?>> endpoints = new LinkedHashMap<>();
    paths.forEach(
        (path, item) ->
            item.forEach(
                (method, operation) ->
                    endpoints.put(method.toUpperCase(Locale.ROOT) + " " + path, operation)));
    return endpoints;
  }

  private static int status(String endpoint, String body) {
    String[] words = endpoint.split(" ");
    return given()
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body)
        .request(words[0], words[1].replaceAll("\\{[^/]*}", "abcdef"))
        .statusCode();
  }

  @Test
  void guardsEveryEndpointExceptTheOpenOnes() {
    // When
    List<String> open = new ArrayList<>();
    for (String endpoint : endpoints().keySet()) {
      if (status(endpoint, "") != 401) {
        open.add(endpoint);
      }
    }

    // Then
    assertThat(open).containsExactlyInAnyOrderElementsOf(OPEN);
  }

  @Test
  void documentsGuardedEndpointsInOpenApi() {
    endpoints()
        .forEach(
            (endpoint, operation) -> {
              boolean guarded = !OPEN.contains(endpoint);
              Set<?> responses = ((Map<?, ?>) operation.get("responses")).keySet();
              assertThat(operation.containsKey("security")).as(endpoint).isEqualTo(guarded);
              assertThat(responses.contains("401")).as(endpoint).isEqualTo(guarded);
              assertThat(responses.contains("403")).as(endpoint).isEqualTo(guarded);
            });
  }

  @Test
  void guardsEverySpellingOfEveryEndpoint() throws IOException {
    // When
    List<String> wrong = new ArrayList<>();
    for (String endpoint : endpoints().keySet()) {
      String[] words = endpoint.split(" ");
      for (String spelling : Spellings.of(words[1].replaceAll("\\{[^/]*}", "abcdef"))) {
        String answer = raw(words[0], spelling, "");
        if (answer.startsWith("HTTP/1.1 401 ") == OPEN.contains(endpoint)) {
          wrong.add(words[0] + " " + spelling + ": " + answer.lines().findFirst().orElse(""));
        }
      }
    }

    // Then
    assertThat(wrong).isEmpty();
  }

  @Test
  void allowsTheAdminAtEverySpelling() throws IOException {
    for (String spelling : Spellings.of("/cluster-info")) {
      assertThat(raw("GET", spelling, "Authorization: " + Admin.bearer() + "\r\n"))
          .as(spelling)
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tokens;a=b",
        ";/tokens",
        "/;/tokens",
        "/tokens;/ca/hash",
        "/ca/hash;/../tokens",
        "/ca/hash/..;/tokens",
        "/ca/hash/..%2Ftokens",
        "/ca/hash/..%2f..%2ftokens",
        "/ca/hash/%2e%2e%2f%2e%2e%2ftokens",
        "/ca%2F..%2Ftokens",
        "/ca/..\\tokens",
        "/ca/..%5Ctokens",
        "/%2Ftokens",
        "/tokens%2F",
        "/tokens%3Fx=/ca/hash",
        "/tokens%00",
        "/tokens%20",
        "/tokens%0a",
        "/tokens%",
        "/%2574okens",
        "/%%374okens",
        "/tokens#/ca/hash",
        "/Tokens",
        "/q/health/..%2f..%2ftokens",
        "tokens",
        "tokens?http://test/ca/hash",
        "ca/hash?http://test/tokens",
        "/ca/hash?/../../tokens",
        "http://test/ca/hash?/../../tokens",
      })
  void cannotBeBypassedByAMisleadingPath(String path) throws IOException {
    // When
    String answer = raw("GET", path, "");

    // Then
    if (path.contains("/ca/hash?/")) {
      assertThat(answer).startsWith("HTTP/1.1 200 ").contains("sha256:");
    } else {
      assertThat(answer).containsPattern("^HTTP/1.1 (400|401|404) ");
    }
  }

  private static String raw(String method, String target, String header) throws IOException {
    return RawRequest.send(
        method
            + " "
            + target
            + " HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\nConnection: close\r\n"
            + header
            + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health", "/q/health/ready", "/metrics", "/q/openapi", "/ca/hash"})
  void leavesPathsWithoutTokensOpen(String path) {
    when().get(path).then().statusCode(200);
  }

  @Test
  void answers401WithAHintWithoutAToken() {
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/tokens")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", "Bearer realm=\"token-service\"")
        .body("status", equalTo(401))
        .body("detail", containsString("admin-token"));
  }

  static Stream<String> malformed() {
    return Stream.of("", "Basic YTpi", "Bearer", "Bearer a b", "Bearer " + "x".repeat(9000));
  }

  @Test
  void answersEveryInvalidHeaderTheSame() {
    // When
    List<String> answers =
        malformed()
            .map(header -> given().header("Authorization", header).get("/tokens"))
            .map(answer -> answer.statusCode() + answer.asString())
            .distinct()
            .toList();

    // Then
    assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("401"));
  }

  @Test
  void refusesAnUnknownToken() {
    given()
        .header("Authorization", Admin.bearer() + "x")
        .when()
        .get("/tokens")
        .then()
        .statusCode(401)
        .contentType("text/plain;charset=UTF-8")
        .header("WWW-Authenticate", "Bearer realm=\"token-service\", error=\"invalid_token\"");
  }

  @Test
  void allowsTheAdmin() {
    given().header("Authorization", Admin.bearer()).get("/tokens").then().statusCode(200);
  }

  @Test
  void checksAccessBeforeTheBody() {
    // When
    Response answer = given().contentType(ContentType.JSON).body("{\"no\": \"json").post("/tokens");

    // Then
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void countsAllowedAndUnauthenticatedRequests() {
    // Given
    double before = counted("unauthenticated");

    // When
    when().get("/tokens").then().statusCode(401);

    // Then
    assertThat(counted("unauthenticated")).isEqualTo(before + 1);
    assertThat(counted("allowed")).isNotNaN();
    assertThat(counted("denied")).isZero();
    assertThat(counted("unavailable")).isZero();
  }

  private static double counted(String result) {
    String line = "lab_token_auth_total{result=\"" + result + "\",} ";
    return when()
        .get("/metrics")
        .asString()
        .lines()
        .filter(each -> each.startsWith(line))
        .mapToDouble(each -> Double.parseDouble(each.substring(line.length())))
        .findFirst()
        .orElseThrow();
  }
}
