package io.podlab.config.reload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.podlab.config.MountedDirectory;
import io.podlab.config.snapshot.MountedConfigMap;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(MountedDirectory.class)
class ConfigResourceTest {
  MountedConfigMap configMap;
  Path directory;

  @BeforeEach
  void publish() throws IOException {
    configMap.publish(Map.of("color", "red", "size", "large"));
    awaitData(Map.of("color", "red", "size", "large"));
  }

  @Test
  void answersCurlInText() {
    given()
        .accept("*/*")
        .when()
        .get("/config")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(
            matchesPattern(
                "# revision [0-9a-f]{16}, loaded \\S+Z from "
                    + directory
                    + "\ncolor: red\nsize: large\n"));
  }

  @Test
  void answersJsonOnRequest() {
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/config")
        .then()
        .statusCode(200)
        .contentType(ContentType.JSON)
        .body("revision", matchesPattern("[0-9a-f]{16}"))
        .body("loadedAt", matchesPattern("2026-.*Z"))
        .body("source", equalTo(directory.toString()))
        .body("data", equalTo(Map.of("color", "red", "size", "large")))
        .body("$", not(hasKey("binaryData")));
  }

  @Test
  void followsAnUpdateWithoutARestart() throws IOException {
    // When
    configMap.publish(Map.of("color", "blue"));

    // Then
    awaitData(Map.of("color", "blue"));
  }

  @Test
  void hasAnotherRevisionAfterAnUpdate() throws IOException {
    // Given
    String before = config().getString("revision");

    // When
    configMap.publish(Map.of("color", "blue"));
    awaitData(Map.of("color", "blue"));

    // Then
    assertThat(config().getString("revision")).isNotEqualTo(before);
  }

  @Test
  void hasBinaryValuesInBase64() throws IOException {
    // When
    configMap.publishBytes(
        Map.of("text", "a".getBytes(StandardCharsets.UTF_8), "binary", new byte[] {(byte) 0xff}));
    awaitData(Map.of("text", "a"));

    // Then
    assertThat(config().getMap("binaryData")).isEqualTo(Map.of("binary", "/w=="));
  }

  @Test
  void keepsTheLastGoodOneAndShowsItInItsMetrics() throws IOException {
    // When
    configMap.publish(Map.of("color", "x".repeat(1024 * 1024 + 1)));

    // Then
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                given()
                    .get("/metrics")
                    .asString()
                    .matches("(?s).*\nlab_config_last_reload_successful 0\\.0\n.*"));
    assertThat(config().getMap("data")).isEqualTo(Map.of("color", "red", "size", "large"));
  }

  private static JsonPath config() {
    return given().accept(ContentType.JSON).get("/config").jsonPath();
  }

  private static void awaitData(Map<String, String> expected) {
    await().atMost(Duration.ofSeconds(10)).until(() -> config().getMap("data").equals(expected));
  }
}
