package io.podlab.token.token;

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

import io.podlab.token.TemporaryState;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.clock.SettableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TemporaryState.class)
class TokenResourceTest {
  private static final Duration TWO_HOURS = Duration.ofHours(2);

  @Inject SettableClock clock;

  /** Tokens of these tests live two hours at most, so that every test begins with none. */
  @BeforeEach
  void letTheTokensOfOtherTestsExpire() {
    clock.advance(TWO_HOURS);
  }

  @Test
  void answersCurlWithTheTokenOnALine() {
    given()
        .accept("*/*")
        .formParam("ttl", "2h")
        .when()
        .post("/tokens")
        .then()
        .statusCode(201)
        .contentType("text/plain;charset=UTF-8")
        .body(matchesPattern("[a-z0-9]{6}\\.[a-z0-9]{16}\n"));
  }

  @Test
  void answersJsonOnRequest() {
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
        .body("token", equalTo("abcdef.0123456789abcdef"))
        .body("id", equalTo("abcdef"))
        .body("expires", equalTo(clock.instant().plus(TWO_HOURS).toString().replace(".750Z", "Z")))
        .body("usages", equalTo(BootstrapToken.DEFAULT_USAGES))
        .body("groups", equalTo(BootstrapToken.DEFAULT_GROUPS))
        .body("description", equalTo("worker 3"));
  }

  @Test
  void leavesOutADescriptionThatIsEmpty() {
    given()
        .accept(ContentType.JSON)
        .formParam("ttl", "2h")
        .when()
        .post("/tokens")
        .then()
        .body("$", not(hasKey("description")));
  }

  @Test
  void saysWhereTheNewTokenIs() {
    given()
        .formParam("token", "abcdef.0123456789abcdef")
        .formParam("ttl", "2h")
        .when()
        .post("/tokens")
        .then()
        .header("Location", endsWith("/tokens/abcdef"));
  }

  @Test
  void makesATokenThatLivesADayForAnEmptyBodyOfNoType() {
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
  void listsTheTableOfKubeadmForCurl() {
    // Given
    make("abcdef.0123456789abcdef");
    make("123456.0123456789abcdef");

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
    make("abcdef.0123456789abcdef");
    make("123456.0123456789abcdef");

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
        .body("apiVersion", hasItem("output.kubeadm.k8s.io/v1alpha1"))
        .body("[0]", not(hasKey("description")))
        .body("[0]", not(hasKey("plainText")));
  }

  @Test
  void listsNothingForCurlWithoutTokens() {
    when().get("/tokens").then().statusCode(200).body(emptyString());
  }

  @Test
  void listsAnEmptyArrayWithoutTokens() {
    given().accept(ContentType.JSON).when().get("/tokens").then().body("$", equalTo(List.of()));
  }

  @Test
  void showsOneToken() {
    // Given
    make("abcdef.0123456789abcdef");
    make("123456.0123456789abcdef");

    // When, Then
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/tokens/abcdef")
        .then()
        .statusCode(200)
        .body("token", equalTo("abcdef.0123456789abcdef"))
        .body("$", not(hasKey("plainText")));
  }

  @Test
  void showsOneTokenInLinesForCurl() {
    // Given
    make("abcdef.0123456789abcdef");
    make("123456.0123456789abcdef");

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
  void knowsNoTokenThatHasExpired() {
    // Given
    make("abcdef.0123456789abcdef");

    // When
    clock.advance(TWO_HOURS);

    // Then
    when().get("/tokens/abcdef").then().statusCode(404);
  }

  @Test
  void saysThatNoTokenHasAnId() {
    given()
        .accept("*/*")
        .when()
        .get("/tokens/nobody")
        .then()
        .statusCode(404)
        .body(equalTo("404 Not Found: no token has the id \"nobody\"\n"));
  }

  @Test
  void refusesAnIdThatExists() {
    // Given
    make("abcdef.0123456789abcdef");

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
  void namesTheFieldThatIsWrongToCurl() {
    given()
        .accept("*/*")
        .formParam("ttl", "1d")
        .when()
        .post("/tokens")
        .then()
        .statusCode(400)
        .contentType("text/plain;charset=UTF-8")
        .body(
            equalTo(
                "400 Bad Request: ttl: time: unknown unit \"d\" in duration \"1d\";"
                    + " accepted: a Go duration such as 30m, 1h30m or 24h; 0 for ever\n"));
  }

  @Test
  void namesTheFieldThatIsWrongInProblemDetails() {
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
        .body("accepted", startsWith("a Go duration such as "));
  }

  @Test
  void countsTheTokensItMadeAndHas() {
    // Given
    make("abcdef.0123456789abcdef");

    // When
    String metrics = when().get("/metrics").then().extract().asString();

    // Then
    assertThat(metrics.lines())
        .anyMatch(line -> line.matches("lab_tokens\\{status=\"active\",?} 1\\.0"))
        .anyMatch(
            line ->
                line.matches(
                    "lab_token_operations_total\\{operation=\"create\",result=\"ok\",?} [1-9].*"));
  }

  private static void make(String token) {
    given().formParam("token", token).formParam("ttl", "2h").post("/tokens").then().statusCode(201);
  }
}
