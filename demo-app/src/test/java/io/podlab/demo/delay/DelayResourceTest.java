package io.podlab.demo.delay;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  @ParameterizedTest
  @ValueSource(strings = {"0", "1ns", "999us", "1ms"})
  void answersAtOnceWhereTheTimeIsNext(String duration) {
    when().get("/delay/" + duration).then().statusCode(200);
  }

  @Test
  void saysWhichDurationsItTakes() {
    given()
        .accept("application/json")
        .when()
        .get("/delay/1h")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("duration"))
        .body("detail", equalTo("it is longer than 5m"))
        .body("accepted", equalTo(Delay.ACCEPTED));
  }
}
