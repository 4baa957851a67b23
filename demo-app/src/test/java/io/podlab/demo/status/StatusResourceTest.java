package io.podlab.demo.status;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StatusResourceTest {
  @ParameterizedTest
  @CsvSource({
    "200, OK",
    "201, Created",
    "404, Not Found",
    "429, Too Many Requests",
    "500, Internal Server Error",
    "503, Service Unavailable",
    "599, Status 599",
  })
  void answersWithTheStatusThatWasAskedFor(int status, String reason) {
    when()
        .get("/status/" + status)
        .then()
        .statusCode(status)
        .contentType("text/plain;charset=UTF-8")
        .body(equalTo(status + " " + reason + "\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205, 304})
  void sendsNoBodyWhereThereIsNone(int status) {
    when().get("/status/" + status).then().statusCode(status).body(emptyString());
  }

  @Test
  void answersInJson() {
    given()
        .accept("application/json")
        .get("/status/418")
        .then()
        .statusCode(418)
        .body("status", equalTo(418));
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "199", "600", "many"})
  void saysWhichItTakes(String code) {
    given()
        .accept("application/json")
        .get("/status/" + code)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("code"))
        .body("accepted", equalTo("200 to 599"));
  }
}
