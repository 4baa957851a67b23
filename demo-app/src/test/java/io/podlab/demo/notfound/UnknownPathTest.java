package io.podlab.demo.notfound;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class UnknownPathTest {
  @Test
  void listsToCurlWhatThereIs() {
    // When
    List<String> lines =
        given()
            .accept("*/*")
            .when()
            .get("/nowhere")
            .then()
            .statusCode(404)
            .extract()
            .asString()
            .lines()
            .toList();

    // Then
    assertThat(lines.get(0))
        .isEqualTo("404 Not Found: no endpoint at /nowhere; /q/openapi lists all endpoints");
    assertThat(lines.subList(1, lines.size()))
        .anyMatch(line -> line.matches("  GET +/ +\\S.*"))
        .anyMatch(line -> line.matches("  GET +/delay/\\{duration\\} +\\S.*"))
        .anyMatch(line -> line.matches("  POST +/echo +\\S.*"))
        .allMatch(line -> line.matches("  (GET|PUT|POST|PATCH|DELETE) +/\\S* +\\S.*"));
  }

  @Test
  void listsToAProgramWhatThereIs() {
    given()
        .accept("application/json")
        .when()
        .get("/nowhere")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("status", equalTo(404))
        .body("endpoints.path", hasItems("/", "/lifecycle", "/faults"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/whoami/nobody", "/files/nothing", "/faults/none"})
  void doesNotListThemWhereOnlyAPartIsUnknown(String path) {
    assertThat(given().accept("*/*").when().get(path).asString()).hasLineCount(1);
  }
}
