package io.podlab.demo.cors;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CorsOffTest {
  @Test
  void isOffByDefault() {
    given()
        .header("Origin", "https://a.example")
        .header("Access-Control-Request-Method", "GET")
        .when()
        .options("/")
        .then()
        .statusCode(204)
        .header("Allow", "GET, HEAD, OPTIONS")
        .header("Vary", nullValue())
        .header("Access-Control-Allow-Origin", nullValue());
  }
}
