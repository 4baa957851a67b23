package io.podlab.demo.page;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BrowserResourceTest {
  private static final String FIREFOX =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  @Test
  void answersABrowserWithThePage() {
    given()
        .header("Accept", FIREFOX)
        .when()
        .get("/")
        .then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .header("Content-Security-Policy", startsWith("default-src 'none'"))
        .header("Cache-Control", "no-cache")
        .header("Vary", "accept")
        .body(startsWith("<!DOCTYPE html>"));
  }

  @Test
  void isARequestToThePod() {
    // Given
    long before = requests();

    // When
    given().header("Accept", FIREFOX).when().get("/").then().statusCode(200);

    // Then
    assertThat(requests()).isEqualTo(before + 2);
  }

  @Test
  void leavesOtherPathsAsTheyAre() {
    given().header("Accept", FIREFOX).when().get("/whoami").then().body(startsWith("pod "));
    given().header("Accept", FIREFOX).when().get("/healthz").then().body(startsWith("ok"));
  }

  @Test
  void isDescribedByItsStream() {
    when()
        .get("/q/openapi")
        .then()
        .body(containsString("/page/events:"), not(containsString("/page:")));
  }

  private static long requests() {
    return given().accept("application/json").get("/").jsonPath().getLong("requests");
  }

  @Test
  void namesNoOtherHost() {
    // Given
    String html = given().header("Accept", FIREFOX).get("/").asString();

    // Then: the namespace of SVG is a name, and no address
    assertThat(html.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "src=", "@import", "url(", "innerHTML");
  }
}
