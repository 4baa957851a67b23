package io.podlab.demo.identity;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.demo.PodWithFaults;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(PodWithFaults.class)
class IdentityResourceTest {
  @Test
  void answersCurlWithOneReadableLine() {
    given()
        .accept("*/*")
        .when()
        .get("/")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(
            matchesPattern(
                "pod demo-1, namespace lab, IP 10\\.244\\.0\\.7, node node1, version \\S+,"
                    + " color steelblue, request \\d+\n"));
  }

  @Test
  void answersJsonOnRequest() {
    given()
        .accept("application/json")
        .when()
        .get("/")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("pod", equalTo("demo-1"))
        .body("namespace", equalTo("lab"))
        .body("podIP", equalTo("10.244.0.7"))
        .body("node", equalTo("node1"))
        .body("serviceAccount", equalTo("demo"))
        .body("version", notNullValue())
        .body("color", equalTo("steelblue"))
        .body("startedAt", matchesPattern("2026-03-01T\\d\\d:\\d\\d:[0-9.]+Z"))
        .body("uptime", matchesPattern("[0-9.ms]+s"))
        .body("generation", equalTo(1))
        .body("$", not(hasKey("message")));
  }

  @ParameterizedTest
  @CsvSource({
    "pod, demo-1",
    "namespace, lab",
    "podIP, 10.244.0.7",
    "node, node1",
    "serviceAccount, demo",
    "color, steelblue",
    "generation, 1",
  })
  void answersOneFactAlone(String field, String value) {
    when()
        .get("/whoami/" + field)
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(equalTo(value + "\n"));
  }

  @Test
  void answersOneFactAsJson() {
    given()
        .accept("application/json")
        .when()
        .get("/whoami/node")
        .then()
        .statusCode(200)
        .body("field", equalTo("node"))
        .body("value", equalTo("node1"))
        .body("size()", equalTo(2));
  }

  @Test
  void namesTheFactsThereAre() {
    when()
        .get("/whoami/colors")
        .then()
        .statusCode(404)
        .body(
            equalTo(
                "404 Not Found: no field named 'colors'; use pod, namespace, podIP, node,"
                    + " serviceAccount, version, color, message, startedAt, uptime, requests or"
                    + " generation\n"));
  }

  @Test
  void saysHowAFactBecomesKnown() {
    when()
        .get("/whoami/message")
        .then()
        .statusCode(404)
        .body(equalTo("404 Not Found: message is not known; set LAB_DEMO_MESSAGE\n"));
  }

  @Test
  void tellsTheWholeUnderWhoamiToo() {
    when().get("/whoami").then().statusCode(200).body(startsWith("pod demo-1, namespace lab,"));
  }

  @Test
  void answersWithTextWhoeverWantsAnything() {
    given()
        .accept("application/xml;q=0.9,*/*;q=0.8")
        .when()
        .get("/")
        .then()
        .statusCode(200)
        .body(startsWith("pod demo-1"));
  }

  @Test
  void numbersTheRequestsWithoutGapOrRepetition() {
    // Given
    long before = number();

    // When
    long[] numbers = IntStream.range(0, 200).parallel().mapToLong(i -> number()).sorted().toArray();

    // Then
    assertThat(numbers)
        .isEqualTo(IntStream.rangeClosed(1, 200).mapToLong(i -> before + i).toArray());
  }

  private static long number() {
    return given().accept("application/json").get("/").jsonPath().getLong("requests");
  }
}
