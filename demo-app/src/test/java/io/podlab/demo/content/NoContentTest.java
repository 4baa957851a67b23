package io.podlab.demo.content;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class NoContentTest {
  @ParameterizedTest
  @ValueSource(strings = {"/files", "/files/index.html"})
  void saysHowToShowADirectory(String path) {
    when()
        .get(path)
        .then()
        .statusCode(404)
        .body(equalTo("404 Not Found: no content directory is configured; set LAB_DEMO_CONTENT\n"));
  }
}
