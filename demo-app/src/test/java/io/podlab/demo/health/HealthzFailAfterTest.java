package io.podlab.demo.health;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.equalTo;

import io.podlab.kit.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HealthzFailAfterTest.Failing.class)
class HealthzFailAfterTest {
  @Inject SettableClock clock;

  public static final class Failing implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("lab.demo.healthz-fail-after", "1h");
    }
  }

  @Test
  void failsFromTheTimeThatIsConfigured() {
    // Given
    when().get("/healthz").then().statusCode(200).body(equalTo("ok\n"));

    // When
    clock.advance(Duration.ofHours(1));

    // Then
    when()
        .get("/healthz")
        .then()
        .statusCode(500)
        .body(equalTo("fails since 1h0m0s after the start, as LAB_DEMO_HEALTHZ_FAIL_AFTER says\n"));
  }
}
