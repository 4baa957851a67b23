package io.podlab.demo.health;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import io.podlab.kit.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class HealthResourcesTest {
  @Inject SettableClock clock;

  @AfterEach
  void heal() {
    put("/healthz", "text/plain", "ok");
    put("/readyz", "text/plain", "ok");
  }

  @ParameterizedTest
  @CsvSource({"/healthz, 500", "/readyz, 503"})
  void failsForAsLongAsItIsTold(String path, int status) {
    // Given
    put(path, "text/plain", "fail:30s");
    when().get(path).then().statusCode(status).body(equalTo("set to fail for 30s\n"));

    // When
    clock.advance(Duration.ofSeconds(30));

    // Then
    when().get(path).then().statusCode(200).body(equalTo("ok\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json",
        "text/yaml"
      })
  void takesAnOrderOfAnyContentType(String type) {
    // When
    put("/readyz", type, "fail");

    // Then
    given()
        .accept("application/json")
        .when()
        .get("/readyz")
        .then()
        .statusCode(503)
        .body("status", equalTo("fail"))
        .body("reason", equalTo("set to fail"));
  }

  @Test
  void isFollowedByTheServicesOwnReadiness() {
    // When
    put("/readyz", "text/plain", "fail");

    // Then
    when()
        .get("/q/health/ready")
        .then()
        .statusCode(503)
        .body("checks.name", contains("readyz"))
        .body("checks.find { it.name == 'readyz' }.data.why", containsString("set to fail"));
    when().get("/q/health/live").then().statusCode(200);
    when().get("/healthz").then().statusCode(200);
  }

  @Test
  void showsInTheTimeline() {
    // When
    put("/readyz", "text/plain", "fail:5s");
    clock.advance(Duration.ofSeconds(5));
    when().get("/readyz").then().statusCode(200);

    // Then
    given()
        .accept("application/json")
        .when()
        .get("/lifecycle")
        .then()
        .body("events.detail", hasItem("set to fail for 5s"))
        .body("events.findAll { it.event == 'ready' }.size()", greaterThan(1));
  }

  @ParameterizedTest
  @CsvSource({"/healthz, liveness", "/readyz, readiness"})
  void showsInTheMetricsForAsLongAsItFails(String path, String probe) {
    // Given
    String series = "lab_demo_probe_ok{probe=\"" + probe + "\",} ";

    // When
    put(path, "text/plain", "fail");

    // Then
    when().get("/metrics").then().body(containsString(series + "0.0"));

    // When
    put(path, "text/plain", "ok");

    // Then
    when().get("/metrics").then().body(containsString(series + "1.0"));
  }

  @Test
  void saysWhichOrdersThereAre() {
    given()
        .accept("application/json")
        .contentType("text/plain")
        .body("broken")
        .when()
        .put("/healthz")
        .then()
        .statusCode(400)
        .body("field", equalTo("body"))
        .body("accepted", equalTo("ok, fail or fail:DURATION such as fail:30s"));
  }

  @Test
  void tellsTheRangeOfTheDuration() {
    given()
        .contentType("text/plain")
        .body("fail:48h")
        .when()
        .put("/readyz")
        .then()
        .statusCode(400)
        .body(equalTo("400 Bad Request: body: '48h' is out of range; use 1ms to 24h0m0s\n"));
  }

  private static void put(String path, String type, String order) {
    given().header("Content-Type", type).body(order).put(path).then().statusCode(200);
  }
}
