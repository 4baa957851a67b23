package io.podlab.demo.cors;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(CorsAnyTest.AnyOrigin.class)
class CorsAnyTest {
  public static class AnyOrigin implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("lab.demo.cors", "*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a.example", "null"})
  void letsScriptsOfEveryOriginReadButWithoutCredentials(String origin) {
    for (String path : new String[] {"/", "/whoami", "/nowhere"}) {
      given()
          .header("Origin", origin)
          .when()
          .get(path)
          .then()
          .header("Access-Control-Allow-Origin", "*")
          .header("Access-Control-Allow-Credentials", nullValue());
    }
  }
}
