package io.podlab.token.ca;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import io.podlab.token.TemporaryState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TemporaryState.class)
class CaResourceTest {
  @Test
  void answersCurlWithTheHashAlone() {
    given()
        .accept("*/*")
        .when()
        .get("/ca/hash")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(matchesPattern("sha256:[0-9a-f]{64}\n"));
  }

  @Test
  void describesTheCertificateInJson() {
    // Given
    String hash = given().accept("*/*").get("/ca/hash").asString().strip();

    // When, Then
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/ca/hash")
        .then()
        .statusCode(200)
        .contentType(ContentType.JSON)
        .body("certificates", hasSize(1))
        .body("certificates[0].hash", equalTo(hash))
        .body("certificates[0].subject", equalTo("CN=kubernetes"))
        .body("certificates[0].keyType", equalTo("EC 256"))
        .body(
            "certificates[0].notAfter",
            matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"))
        .body("certificates[0].serial", matchesPattern("[0-9a-f]+"));
  }
}
