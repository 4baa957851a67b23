package io.podlab.demo.delay;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DelayResourceTest {
  @Test
  void answersWhenTheTimeHasPassedAndNotBefore() {
    when()
        .get("/delay/300ms")
        .then()
        .statusCode(200)
        .body(equalTo("answered after 0.3 s\n"))
        .time(greaterThanOrEqualTo(300L));
  }

  @Test
  void takesANumberWithoutAUnitForSeconds() {
    when()
        .get("/delay/1")
        .then()
        .statusCode(200)
        .body(equalTo("answered after 1 s\n"))
        .time(greaterThanOrEqualTo(1000L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1ns", "999us", "1ms"})
  void answersAtOnceWhereTheTimeIsNext(String duration) {
    when().get("/delay/" + duration).then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1h | '1h' is out of range | 0s to 5m0s",
        "5m1s | '5m1s' is out of range | 0s to 5m0s",
        "-1s | '-1s' is out of range | 0s to 5m0s",
        "301 | '301' is out of range | 0s to 5m0s",
        "-1 | '-1' is out of range | 0s to 5m0s",
        "1.5 | '1.5' is not a duration | whole seconds such as 20, or Go syntax such as 500ms, 20s or 1m30s",
        "1d | '1d' is not a duration | whole seconds such as 20, or Go syntax such as 500ms, 20s or 1m30s"
      })
  void saysWhichDurationsItTakes(String duration, String detail, String accepted) {
    given()
        .accept("application/json")
        .when()
        .get("/delay/" + duration)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("duration"))
        .body("detail", equalTo(detail))
        .body("accepted", equalTo(accepted));
  }
}
