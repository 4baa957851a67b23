package io.podlab.probe.control;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ControlOffTest.Off.class)
class ControlOffTest {
  /** As in the generated Deployment. */
  public static final class Off implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("lab.probe.control", "off");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE"})
  void letsNobodyChangeAnything(String method) {
    given()
        .body("fail")
        .when()
        .request(method, "/probes/readiness")
        .then()
        .statusCode(403)
        .body(
            equalTo(
                "403 Forbidden: nobody changes probes here: it was started with"
                    + " LAB_PROBE_CONTROL=off\n"));
    when().get("/readyz").then().statusCode(200);
    when().get("/probes/readiness").then().statusCode(200);
  }
}
