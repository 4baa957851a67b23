package io.podlab.demo.faults;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class FaultsOffTest {
  @ParameterizedTest
  @CsvSource({
    "GET, /faults",
    "DELETE, /faults",
    "DELETE, /faults/burn",
    "POST, /faults/exit?code=3",
    "POST, /faults/allocate",
    "POST, /faults/burn",
    "POST, /faults/hang",
    "POST, /faults/errors",
    "POST, /faults/errors?rate=none",
  })
  void sayHowToTurnThemOn(String method, String path) {
    given()
        .accept("application/json")
        .when()
        .request(method, path)
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("detail", equalTo("faults are disabled; set LAB_DEMO_FAULTS=true to enable them"));
  }
}
