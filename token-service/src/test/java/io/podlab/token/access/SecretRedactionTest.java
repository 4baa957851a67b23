package io.podlab.token.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.podlab.token.TemporaryState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TemporaryState.class)
class SecretRedactionTest {
  private static final String SECRET = "v9jc8ggp7ux7752u";

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /token/0jru58.v9jc8ggp7ux7752u",
    "GET, /v9jc8ggp7ux7752u",
    "GET, /token/0jru58.v9jc8ggp7ux7752ux",
    "PUT, /tokens/0jru58.v9jc8ggp7ux7752u",
    "PATCH, /tokens/v9jc8ggp7ux7752u",
    "OPTIONS, /v9jc8ggp7ux7752u",
    "OPTIONS, /tokens/a/v9jc8ggp7ux7752u",
    "GET, /tokens/v9jc8ggp7ux7752u",
  })
  void masksATokenSecretInAPath(String method, String path) {
    for (String accept : new String[] {"*/*", "application/json"}) {
      given()
          .accept(accept)
          .when()
          .request(method, path)
          .then()
          .statusCode(not(200))
          .body(not(containsString(SECRET)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ttl, 0jru58.v9jc8ggp7ux7752u",
    "ttl, v9jc8ggp7ux7752u",
    "usages, v9jc8ggp7ux7752u",
    "groups, v9jc8ggp7ux7752u",
    "groups, system:bootstrapper:v9jc8ggp7ux7752u",
    "token, v9jc8ggp7ux7752u",
  })
  void masksATokenSecretInAField(String field, String value) {
    given()
        .formParam(field, value)
        .when()
        .post("/tokens")
        .then()
        .statusCode(400)
        .body(allOf(containsString(field), not(containsString(SECRET))));
  }

  /** Go's error texts repeat the unit too, which would be most of the secret. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"9vjcxggpxuxyyzzu", "0jru58.9vjcxggpxuxyyzzu"})
  void masksATokenSecretInADurationUnit(String value) {
    given()
        .formParam("ttl", value)
        .when()
        .post("/tokens")
        .then()
        .statusCode(400)
        .body(not(containsString("vjcxggp")));
  }

  @Test
  void masksATokenSecretInAFieldName() {
    given()
        .formParam("abcdefghijklmnop", "")
        .when()
        .post("/tokens")
        .then()
        .statusCode(400)
        .body(not(containsString("abcdefghijklmnop")));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "POST, /tokens/generate",
    "GET, /tokens",
    "GET, /tokens/zzzzzz",
    "GET, /cluster-info"
  })
  void forbidsCachingOfResponses(String method, String path) {
    given()
        .accept("application/json")
        .when()
        .request(method, path)
        .then()
        .header("Cache-Control", "no-store");
  }
}
