package io.podlab.token.kubeadm;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.kit.testing.SettableClock;
import io.podlab.token.TemporaryState;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.observability.ObservedTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TemporaryState.class)
class TokenResourceTest {
  private static final Duration TWO_HOURS = Duration.ofHours(2);

  @Inject SettableClock clock;
  @Inject ObservedTokens tokens;
  private Instant start;

  @BeforeEach
  void readClock() {
    start = clock.instant();
  }

  /** After a jump of the clock, expired tokens are hidden but not removed yet. */
  @AfterEach
  void deleteAllTokens() {
    clock.advance(Duration.between(clock.instant(), start));
    tokens.list().forEach(token -> tokens.delete(token, "the next test"));
  }

  @Test
  void returnsTheTokenAsText() {
    given()
        .accept("*/*")
        .formParam("ttl", "2h")
        .when()
        .post("/tokens")
        .then()
        .statusCode(201)
        .contentType("text/plain;charset=UTF-8")
        .header("Cache-Control", "no-store")
        .body(matchesPattern("[a-z0-9]{6}\\.[a-z0-9]{16}\n"));
  }

  @Test
  void returnsJsonOnRequest() {
    given()
        .accept(ContentType.JSON)
        .contentType(ContentType.JSON)
        .body(
            """
            {"token": "abcdef.0123456789abcdef", "ttl": "2h", "description": "worker 3"}
            """)
        .when()
        .post("/tokens")
        .then()
        .statusCode(201)
        .contentType(ContentType.JSON)
        .header("Location", endsWith("/tokens/abcdef"))
        .body("$", not(hasKey("plainText")))
        .body("token", equalTo("abcdef.0123456789abcdef"))
        .body("id", equalTo("abcdef"))
        .body("expires", equalTo(clock.instant().plus(TWO_HOURS).toString().replace(".750Z", "Z")))
        .body("usages", equalTo(BootstrapToken.DEFAULT_USAGES))
        .body("groups", equalTo(BootstrapToken.DEFAULT_GROUPS))
        .body("description", equalTo("worker 3"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "/tokens?ttl=1h",
        "/tokens?controlPlane=true",
        "/tokens?v9jc8ggp7ux7752u",
        "/tokens/join-command?controlPlane=true&ttl=1h",
        "/tokens/generate?ttl=1h"
      })
  void refusesAFieldInTheUrl(String url) {
    given()
        .accept(ContentType.JSON)
        .when()
        .post(url)
        .then()
        .statusCode(400)
        .body("field", equalTo("query"))
        .body("accepted", containsString("the body"));
  }

  @Test
  void createsATokenForADayForAnEmptyBody() {
    // Given
    String token =
        given().accept("*/*").when().post("/tokens").then().statusCode(201).extract().asString();

    // When
    clock.advance(Duration.ofHours(23));

    // Then
    when().get("/tokens").then().body(containsString(token.strip() + "   59m "));
    clock.advance(Duration.ofHours(1));
  }

  @Test
  void listsKubeadmsTableAsText() {
    // Given
    create("abcdef.0123456789abcdef");
    create("123456.0123456789abcdef");

    // When, Then
    given()
        .accept("*/*")
        .when()
        .get("/tokens")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(
            matchesPattern(
                "TOKEN +TTL +EXPIRES +USAGES +DESCRIPTION +EXTRA GROUPS\n"
                    + "123456\\.0123456789abcdef +1h .*\n"
                    + "abcdef\\.0123456789abcdef +1h .*\n"));
  }

  @Test
  void listsAnArrayOnRequest() {
    // Given
    create("abcdef.0123456789abcdef");
    create("123456.0123456789abcdef");

    // When, Then
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/tokens")
        .then()
        .statusCode(200)
        .contentType(ContentType.JSON)
        .body("token", equalTo(List.of("123456.0123456789abcdef", "abcdef.0123456789abcdef")))
        .body("kind", hasItem("BootstrapToken"))
        .body("[0]", not(hasKey("apiVersion")))
        .body("[0]", not(hasKey("description")))
        .body("[0]", not(hasKey("plainText")));
  }

  @Test
  void returnsAnEmptyListWithoutTokens() {
    when().get("/tokens").then().statusCode(200).body(emptyString());
    given().accept(ContentType.JSON).when().get("/tokens").then().body("$", equalTo(List.of()));
  }

  @Test
  void showsOneToken() {
    // Given
    create("abcdef.0123456789abcdef");
    create("123456.0123456789abcdef");

    // When, Then
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/tokens/abcdef")
        .then()
        .statusCode(200)
        .body("token", equalTo("abcdef.0123456789abcdef"))
        .body("status", equalTo("active"))
        .body("expiresIn", equalTo("1h59m59s"))
        .body("signed", equalTo(false))
        .body("$", not(hasKey("plainText")))
        .body("$", not(hasKey("description")));
  }

  @Test
  void showsOneTokenAsText() {
    // Given
    create("abcdef.0123456789abcdef");
    create("123456.0123456789abcdef");

    // When, Then
    given()
        .accept("*/*")
        .when()
        .get("/tokens/abcdef")
        .then()
        .body(
            equalTo(
                """
                Token:        abcdef.0123456789abcdef
                Status:       active
                Expires:      %s, in 1h59m59s
                Usages:       authentication,signing
                Description:  <none>
                Extra groups: system:bootstrappers:kubeadm:default-node-token
                Signed:       no
                """
                    .formatted(clock.instant().plus(TWO_HOURS).truncatedTo(ChronoUnit.SECONDS))));
  }

  @Test
  void answers404ForAnExpiredToken() {
    // Given
    create("abcdef.0123456789abcdef");

    // When
    clock.advance(TWO_HOURS);

    // Then
    when().get("/tokens/abcdef").then().statusCode(404);
  }

  @Test
  void answers404ForAnUnknownId() {
    given()
        .accept("*/*")
        .when()
        .get("/tokens/nobody")
        .then()
        .statusCode(404)
        .body(startsWith("404 Not Found: no token with ID \"nobody\""));
  }

  @Test
  void answers409ForAnExistingId() {
    // Given
    create("abcdef.0123456789abcdef");

    // When, Then
    given()
        .accept("*/*")
        .formParam("token", "abcdef.fedcba9876543210")
        .when()
        .post("/tokens")
        .then()
        .statusCode(409)
        .body(equalTo("409 Conflict: a token with id \"abcdef\" already exists\n"));
  }

  @Test
  void namesTheInvalidFieldInProblemDetails() {
    given()
        .accept(ContentType.JSON)
        .contentType(ContentType.JSON)
        .body("{\"ttl\": \"1d\"}")
        .when()
        .post("/tokens")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("title", equalTo("Bad Request"))
        .body("status", equalTo(400))
        .body("field", equalTo("ttl"))
        .body("detail", equalTo("time: unknown unit \"d\" in duration \"1d\""))
        .body("accepted", startsWith("Go syntax such as "));
  }

  @Test
  void countsTheTokens() {
    // Given
    create("abcdef.0123456789abcdef");

    // When
    String metrics = when().get("/metrics").then().extract().asString();

    // Then
    assertThat(metrics.lines())
        .anyMatch(line -> line.matches("lab_tokens\\{status=\"active\",?} 1\\.0"));
  }

  @Test
  void addsTheJoinCommandToJson() {
    // Given
    String hash = given().accept("*/*").get("/ca/hash").asString().strip();

    // When, Then
    given()
        .accept(ContentType.JSON)
        .formParam("token", "abcdef.0123456789abcdef")
        .formParam("ttl", "2h")
        .when()
        .post("/tokens")
        .then()
        .body(
            "joinCommand",
            equalTo(
                "kubeadm join 10.1.2.3:6443 --token abcdef.0123456789abcdef"
                    + " --discovery-token-ca-cert-hash "
                    + hash));
  }

  @Test
  void returnsTheJoinCommandAsText() {
    // Given
    String hash = given().accept("*/*").get("/ca/hash").asString().strip();
    String key = "0123456789abcdef".repeat(4);

    // When, Then
    given()
        .accept("*/*")
        .queryParam("controlPlane", "true")
        .queryParam("certificateKey", key)
        .formParam("token", "abcdef.0123456789abcdef")
        .formParam("ttl", "2h")
        .when()
        .post("/tokens/join-command")
        .then()
        .statusCode(201)
        .header("Location", endsWith("/tokens/abcdef"))
        .body(
            equalTo(
                "kubeadm join 10.1.2.3:6443 --token abcdef.0123456789abcdef"
                    + " --discovery-token-ca-cert-hash %s --control-plane --certificate-key %s\n"
                        .formatted(hash, key)));
  }

  @Test
  void returnsTheJoinCommandAndTheTokenAsJson() {
    given()
        .accept(ContentType.JSON)
        .formParam("ttl", "2h")
        .when()
        .post("/tokens/join-command")
        .then()
        .statusCode(201)
        .body("joinCommand", startsWith("kubeadm join 10.1.2.3:6443 --token "))
        .body("usages", equalTo(BootstrapToken.DEFAULT_USAGES));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "'', usages=authentication, usages: a join command needs a token with the usages signing and authentication; use signing",
    "?certificateKey=, '', certificateKey: the value is empty",
    "?certificateKey, '', certificateKey: the value is empty",
    "?controlPlane=true&certificateKey=, '', certificateKey: the value is empty",
    "?controlPlane=, '', controlPlane: the value is empty",
    "?certificateKey=&certificateKey=, '', certificateKey: the parameter is repeated",
    "?controlPlane=true&controlPlane=false, '', controlPlane: the parameter is repeated",
  })
  void createsNoTokenForAnImpossibleJoinCommand(String query, String body, String why) {
    // When
    given()
        .accept("*/*")
        .contentType(ContentType.URLENC)
        .body(body)
        .when()
        .post("/tokens/join-command" + query)
        .then()
        .statusCode(400)
        .body(startsWith("400 Bad Request: " + why));

    // Then
    when().get("/tokens").then().body(emptyString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tokens", "/tokens/join-command"})
  void warnsIfTheTokenLacksTheDefaultGroup(String path) {
    given()
        .accept(ContentType.JSON)
        .formParam("groups", "system:bootstrappers:lab")
        .when()
        .post(path)
        .then()
        .statusCode(201)
        .body("joinCommand", startsWith("kubeadm join "))
        .body("warnings[0]", startsWith("the token does not have the group "));
  }

  @Test
  void explainsAMissingJoinCommand() {
    given()
        .accept(ContentType.JSON)
        .formParam("usages", "authentication")
        .when()
        .post("/tokens")
        .then()
        .statusCode(201)
        .body("$", not(hasKey("joinCommand")))
        .body("warnings[0]", startsWith("no join command: "));
  }

  @Test
  void createsNoTokenForAnInvalidCertificateKey() {
    // When
    given()
        .accept("*/*")
        .queryParam("certificateKey", "secret")
        .when()
        .post("/tokens/join-command")
        .then()
        .statusCode(400)
        .body(startsWith("400 Bad Request: certificateKey: "))
        .body(not(containsString("secret")));

    // Then
    when().get("/tokens").then().body(emptyString());
  }

  @Test
  void generatesATokenWithoutStoringIt() {
    // When
    String token =
        given()
            .accept("*/*")
            .when()
            .post("/tokens/generate")
            .then()
            .statusCode(200)
            .extract()
            .asString();

    // Then
    assertThat(token).matches("[a-z0-9]{6}\\.[a-z0-9]{16}\n");
    when().get("/tokens").then().body(emptyString());
  }

  @Test
  void generatesJsonOnRequest() {
    given()
        .accept(ContentType.JSON)
        .when()
        .post("/tokens/generate")
        .then()
        .body("token", matchesPattern("[a-z0-9]{6}\\.[a-z0-9]{16}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abcdef", "abcdef.0123456789abcdef"})
  void deletesByIdAndByTheWholeToken(String name) {
    // Given
    create("abcdef.0123456789abcdef");

    // When
    given()
        .accept("*/*")
        .when()
        .delete("/tokens/" + name)
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(equalTo("bootstrap token \"abcdef\" deleted\n"));

    // Then
    when().get("/tokens").then().body(emptyString());
  }

  @Test
  void answers204ToAJsonClientThatDeletes() {
    // Given
    create("abcdef.0123456789abcdef");

    // When, Then
    given()
        .accept(ContentType.JSON)
        .when()
        .delete("/tokens/abcdef")
        .then()
        .statusCode(204)
        .body(emptyString());
  }

  @Test
  void doesNotDeleteATokenWithADifferentSecret() {
    // Given
    create("abcdef.0123456789abcdef");

    // When
    given()
        .accept("*/*")
        .when()
        .delete("/tokens/abcdef.0123456789abcdee")
        .then()
        .statusCode(409)
        .body(equalTo("409 Conflict: the token with ID \"abcdef\" has a different secret\n"));

    // Then
    when().get("/tokens").then().body(containsString("abcdef.0123456789abcdef"));
  }

  @Test
  void answers404ForADeleteOfAnUnknownId() {
    given()
        .accept("*/*")
        .when()
        .delete("/tokens/nobody")
        .then()
        .statusCode(404)
        .body(startsWith("404 Not Found: no token with ID \"nobody\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "ABCDEF", "abcdefg", "abcdef.zz", "abcdef.0123456789ABCDEF", "%0A"})
  void answers400ForAnInvalidId(String name) {
    for (String method : List.of("GET", "DELETE")) {
      given()
          .accept("*/*")
          .urlEncodingEnabled(false)
          .when()
          .request(method, "/tokens/" + name)
          .then()
          .statusCode(400)
          .body(
              startsWith(
                  "400 Bad Request: id: given token didn't match pattern"
                      + " \"\\\\A([a-z0-9]{6})\\\\z\" or "));
    }
  }

  @Test
  void returnsTheSameTokenForTheSameKey() {
    // Given
    Response first = given().header("Idempotency-Key", "a-key").post("/tokens/join-command");

    // When
    Response second = given().header("Idempotency-Key", "a-key").post("/tokens/join-command");

    // Then
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.asString()).isEqualTo(first.asString());
    assertThat(first.header("Idempotency-Replayed")).isNull();
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    given().delete(first.header("Location").replaceFirst(".*/tokens", "/tokens"));
  }

  @Test
  void answers422ForAKeyUsedWithOtherFields() {
    // Given
    given().header("Idempotency-Key", "b-key").formParam("ttl", "2h").post("/tokens");

    // When, Then
    given()
        .header("Idempotency-Key", "b-key")
        .formParam("ttl", "3h")
        .when()
        .post("/tokens")
        .then()
        .statusCode(422)
        .body(startsWith("422 Unprocessable Content: Idempotency-Key: "));
  }

  private static final String HASH = "[0-9a-f]{64}";

  @ParameterizedTest
  @ValueSource(strings = {"abcdef", "abcdef.0123456789abcdef"})
  void returnsTheJoinCommandOfAnExistingToken(String name) {
    // Given
    create("abcdef.0123456789abcdef");

    // When, Then
    given()
        .accept("*/*")
        .when()
        .get("/tokens/" + name + "/join-command?controlPlane=true")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(
            matchesPattern(
                "kubeadm join 10\\.1\\.2\\.3:6443 --token abcdef\\.0123456789abcdef"
                    + " --discovery-token-ca-cert-hash sha256:"
                    + HASH
                    + " --control-plane\n"));
    when().get("/tokens").then().body(containsString("abcdef.0123456789abcdef"));
  }

  @Test
  void returnsTheJoinCommandOfAnExistingTokenAsJson() {
    // Given
    create("abcdef.0123456789abcdef");

    // When, Then
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/tokens/abcdef/join-command")
        .then()
        .statusCode(200)
        .body("joinCommand", startsWith("kubeadm join 10.1.2.3:6443 --token abcdef."))
        .body("id", equalTo("abcdef"));
  }

  @Test
  void returnsAJoinConfigurationOfAnExistingToken() {
    // Given
    create("abcdef.0123456789abcdef");

    // When, Then
    given()
        .accept("application/yaml")
        .when()
        .get("/tokens/abcdef/join-command?apiVersion=v1beta3")
        .then()
        .statusCode(200)
        .contentType(startsWith("application/yaml"))
        .body(startsWith("apiVersion: kubeadm.k8s.io/v1beta3\nkind: JoinConfiguration\n"))
        .body(containsString("    token: \"abcdef.0123456789abcdef\"\n"));
  }

  @Test
  void createsATokenForAJoinConfiguration() {
    given()
        .accept("application/yaml")
        .formParam("token", "abcdef.0123456789abcdef")
        .when()
        .post("/tokens/join-command")
        .then()
        .statusCode(201)
        .header("Location", endsWith("/tokens/abcdef"))
        .contentType(startsWith("application/yaml"))
        .body(startsWith("apiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/yaml"})
  void returnsADiscoveryFile(String accept) {
    // Given
    create("abcdef.0123456789abcdef");

    // When, Then
    given()
        .accept(accept)
        .when()
        .get("/tokens/abcdef/discovery-file")
        .then()
        .statusCode(200)
        .contentType(startsWith("application/yaml"))
        .body(startsWith("apiVersion: v1\nkind: Config\n"))
        .body(containsString("server: \"https://10.1.2.3:6443\"\n"));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "ghijkl/join-command, */*, 404 Not Found: no token with ID",
    "ghijkl/discovery-file, */*, 404 Not Found: no token with ID",
    "abcdef.0000000000000000/join-command, */*, 409 Conflict: the token with ID \"abcdef\" has a different secret",
    "abcdef.0000000000000000/discovery-file, */*, 409 Conflict: the token with ID \"abcdef\" has a different secret",
    "nobody/join-command, */*, 409 Conflict: a join command needs a token with the usages signing and authentication; this token has only authentication; use GET /tokens/nobody/discovery-file",
    "abc/join-command, */*, 400 Bad Request: id: ",
    "abcdef/join-command?ttl=2h, */*, 400 Bad Request: query: the URL contains an unknown parameter; use controlPlane",
    "abcdef/discovery-file?ttl=2h, */*, 400 Bad Request: query: this path accepts no parameters; use the same URL",
    "abcdef/join-command?certificateKey=1, */*, 400 Bad Request: certificateKey: ",
    "abcdef/join-command?apiVersion=v1beta3, */*, 400 Bad Request: apiVersion: the parameter has no effect on a join command; use the header Accept",
    "abcdef/join-command?apiVersion=v1, application/yaml, 400 Bad Request: apiVersion: the value is not",
    "abcdef/join-command, application/xml, 406 Not Acceptable: ",
    "abcdef/discovery-file, application/json, {",
  })
  void refusesAnImpossibleJoin(String path, String accept, String why) {
    // Given
    create("abcdef.0123456789abcdef");
    given()
        .formParam("token", "nobody.0123456789abcdef")
        .formParam("usages", "authentication")
        .post("/tokens")
        .then()
        .statusCode(201);

    // When, Then
    given().accept(accept).when().get("/tokens/" + path).then().body(startsWith(why));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "abcdef, ttl=30m, 2026-03-01T12:30:00Z",
    "abcdef.0123456789abcdef, ttl=3h, 2026-03-01T15:00:00Z",
    "abcdef, '{\"ttl\": \"3h\"}', 2026-03-01T15:00:00Z",
  })
  void changesTheLifeOfATokenFromNow(String name, String body, String expires) {
    // Given
    create("abcdef.0123456789abcdef");

    // When
    given()
        .accept(ContentType.JSON)
        .contentType(body.startsWith("{") ? ContentType.JSON : ContentType.URLENC)
        .body(body)
        .when()
        .patch("/tokens/" + name)
        .then()
        .statusCode(200)
        .body("expires", equalTo(expires));

    // Then
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/tokens/abcdef")
        .then()
        .body("expires", equalTo(expires));
  }

  @Test
  void makesATokenThatNeverExpires() {
    // Given
    create("abcdef.0123456789abcdef");

    // When, Then
    given()
        .accept("*/*")
        .formParam("ttl", "0")
        .when()
        .patch("/tokens/abcdef")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(containsString("Expires:      never\n"));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "abcdef, '', 400 Bad Request: ttl: the field is missing; use ",
    "abcdef, ttl=1d, '400 Bad Request: ttl: time: unknown unit \"d\" in duration \"1d\"; use '",
    "abcdef, ttl=-1h, 400 Bad Request: ttl: '-1h' is negative",
    "abcdef, ttl=1ms, 400 Bad Request: ttl: '1ms' is too short",
    "abcdef, ttl=1h&ttl=2h, 400 Bad Request: ttl: the field is repeated",
    "abcdef, ttl=1h&description=lab, 400 Bad Request: description: unknown field; use ttl",
    "abcdef?ttl=1h, ttl=2h, 400 Bad Request: query: this path accepts no parameters; use the body for ttl",
    "abcdef.0000000000000000, ttl=2h, '409 Conflict: the token with ID \"abcdef\" has a different secret'",
    "ghijkl, ttl=2h, 404 Not Found: no token with ID",
    "abc, ttl=2h, 400 Bad Request: id: ",
  })
  void refusesAnImpossibleLife(String name, String body, String why) {
    // Given
    create("abcdef.0123456789abcdef");

    // When
    given()
        .accept("*/*")
        .contentType(ContentType.URLENC)
        .body(body)
        .when()
        .patch("/tokens/" + name)
        .then()
        .body(startsWith(why));

    // Then
    when()
        .get("/tokens/abcdef")
        .then()
        .body(containsString("Expires:      2026-03-01T14:00:00Z, "));
  }

  @Test
  void doesNotExtendAnExpiredTokenThatIsHidden() {
    // Given
    create("abcdef.0123456789abcdef");
    clock.advance(TWO_HOURS);

    // When, Then
    given().formParam("ttl", "2h").when().patch("/tokens/abcdef").then().statusCode(404);
  }

  @Test
  void listsTheDeletedTokensAsJson() {
    given()
        .accept(ContentType.JSON)
        .when()
        .delete("/tokens?status=expired")
        .then()
        .statusCode(200)
        .body("", equalTo(Map.of("deleted", List.of())));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /tokens",
    "GET, /tokens/abcdef",
    "DELETE, /tokens/abcdef",
    "GET, /tokens/abcdef/discovery-file"
  })
  void refusesAParameter(String method, String path) {
    // Given
    create("abcdef.0123456789abcdef");

    // When
    given()
        .accept("*/*")
        .when()
        .request(method, path + "?status=expired")
        .then()
        .statusCode(400)
        .body(
            startsWith(
                "400 Bad Request: query: this path accepts no parameters; use the same URL without a"
                    + " query"));

    // Then
    when().get("/tokens").then().body(containsString("abcdef"));
  }

  @Test
  void documentsTheDefaultApiVersion() {
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/q/openapi")
        .then()
        .body(
            "components.parameters.ApiVersion.schema.default",
            equalTo(JoinFile.DEFAULT_API_VERSION));
  }

  @Test
  void isMeasuredWithItsPathTemplate() {
    // Given
    create("abcdef.0123456789abcdef");
    when().get("/tokens/abcdef").then().statusCode(200);
    when().get("/tokens/abcdef/join-command").then().statusCode(200);

    // When, Then
    when()
        .get("/metrics")
        .then()
        .body(containsString("status=\"200\",uri=\"/tokens/{id}\","))
        .body(containsString("status=\"200\",uri=\"/tokens/{id}/join-command\","))
        .body(not(containsString("uri=\"/tokens/abcdef")));
  }

  @Test
  void deletesNoActiveTokenWithTheExpiredOnes() {
    // Given
    create("abcdef.0123456789abcdef");

    // When
    given()
        .accept("*/*")
        .when()
        .delete("/tokens?status=expired")
        .then()
        .statusCode(200)
        .body(equalTo("no expired tokens\n"));

    // Then
    when().get("/tokens").then().body(containsString("abcdef"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'', status: the parameter is missing; use expired",
    "?status=, status: the value is empty",
    "?status=all, status: only expired tokens can be deleted together; use expired",
    "?status=active, status: only expired tokens can be deleted together; use expired",
    "?status=expired&status=active, status: the parameter is repeated",
    "?state=expired, query: the URL contains an unknown parameter; use status",
  })
  void deletesNothingByAccident(String query, String why) {
    // Given
    create("abcdef.0123456789abcdef");

    // When
    given()
        .accept("*/*")
        .when()
        .delete("/tokens" + query)
        .then()
        .statusCode(400)
        .body(startsWith("400 Bad Request: " + why));

    // Then
    when().get("/tokens").then().body(containsString("abcdef"));
  }

  @ParameterizedTest(name = "{0} {1}: {2} {3}")
  @CsvSource({
    "DELETE, /tokens, delete_by_status, refused",
    "PATCH, /tokens/nobody, update, refused",
    "GET, /tokens/nobody/join-command, get_join_command, refused",
    "GET, /tokens/nobody/discovery-file, discovery_file, refused",
    "POST, /tokens, create, ok",
    "POST, /tokens?ttl=1d, create, refused",
    "POST, /tokens/join-command, join_command, ok",
    "POST, /tokens/generate, generate, ok",
    "GET, /tokens, list, ok",
    "GET, /tokens/nobody, get, refused",
    "DELETE, /tokens/nobody, delete, refused",
  })
  void countsEachOperation(String method, String path, String operation, String result) {
    // Given
    double before = operations(operation, result);

    // When
    when().request(method, path);

    // Then
    assertThat(operations(operation, result)).isEqualTo(before + 1);
  }

  @Test
  void doesNotCountUnauthorizedRequests() {
    // Given
    double before = operations("list", "refused");

    // When
    given().header("Authorization", "Bearer wrong").get("/tokens").then().statusCode(401);

    // Then
    assertThat(operations("list", "refused")).isEqualTo(before);
  }

  private static double operations(String operation, String result) {
    Pattern counter =
        Pattern.compile(
            "lab_token_operations_total\\{operation=\"%s\",result=\"%s\",?} (.+)"
                .formatted(operation, result));
    return when()
        .get("/metrics")
        .asString()
        .lines()
        .map(counter::matcher)
        .filter(Matcher::matches)
        .mapToDouble(line -> Double.parseDouble(line.group(1)))
        .findFirst()
        .orElseThrow();
  }

  private static void create(String token) {
    given().formParam("token", token).formParam("ttl", "2h").post("/tokens").then().statusCode(201);
  }
}
