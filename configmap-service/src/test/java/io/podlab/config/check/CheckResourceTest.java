package io.podlab.config.check;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.config.MountedDirectory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(MountedDirectory.class)
class CheckResourceTest {
  @Test
  void answersCurlInText() {
    given()
        .accept("*/*")
        .contentType("application/x-www-form-urlencoded")
        .body("color: not-a-color")
        .when()
        .post("/config/check")
        .then()
        .statusCode(200)
        .body(startsWith("it would be rejected\n  ! color is invalid: 'not-a-color' is not "));
  }

  @Test
  void answersJsonOnRequest() {
    given()
        .accept(ContentType.JSON)
        .contentType("application/yaml")
        .body("greeting: Hi".getBytes(StandardCharsets.UTF_8))
        .when()
        .post("/config/check")
        .then()
        .statusCode(200)
        .body("accepted", equalTo(true))
        .body("bytes", equalTo(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/config/check", "//config/check/", "/x/../config/%63heck"})
  void takesACandidateThatIsTooLongForAConfigMap(String path) {
    given()
        .urlEncodingEnabled(false)
        .accept(ContentType.JSON)
        .body(("x: " + "y".repeat(2 * 1024 * 1024)).getBytes(StandardCharsets.UTF_8))
        .when()
        .post(path)
        .then()
        .statusCode(200)
        .body("accepted", equalTo(false))
        .body("server[0]", containsString("2,097,152 bytes"));
  }

  @Test
  void refusesABodyThatNoConfigMapCanMake() {
    given()
        .body(new byte[CheckBody.MOST_BYTES + 1])
        .when()
        .post("/config/check")
        .then()
        .statusCode(413)
        .body(containsString("at most 3145728 bytes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "- a", "{"})
  void refusesWhatIsNoCandidate(String body) {
    given()
        .body(body)
        .when()
        .post("/config/check")
        .then()
        .statusCode(400)
        .body(startsWith("400 Bad Request: body: "))
        .body(containsString("; use "));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    given()
        .body(new byte[] {'a', ':', (byte) 0xff})
        .when()
        .post("/config/check")
        .then()
        .statusCode(400)
        .body(containsString("it is not UTF-8"));
  }

  @Test
  void takesOneAfterTheOther() {
    for (int i = 0; i < 3 * CheckBody.MOST_AT_ONCE; i++) {
      given().body("color: red").when().post("/config/check").then().statusCode(200);
    }
  }

  @Test
  void documentsThatABodyMayComeTooSlowly() {
    assertThat(
            given()
                .accept(ContentType.JSON)
                .get("/q/openapi")
                .jsonPath()
                .getMap("paths.'/config/check'.post.responses"))
        .containsKey("408");
  }
}
