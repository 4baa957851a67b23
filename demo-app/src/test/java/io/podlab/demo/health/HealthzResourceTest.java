package io.podlab.demo.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.kit.testing.SettableClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthzResourceTest {
  @Test
  void failsFromTheTimeThatIsConfigured() {
    // Given
    SettableClock clock = new SettableClock();
    HealthzResource healthz = new HealthzResource(clock, () -> Optional.of(Duration.ofHours(1)));
    assertThat(healthz.healthz().getStatus()).isEqualTo(200);

    // When
    clock.advance(Duration.ofHours(1));

    // Then
    assertThat(healthz.healthz().getStatus()).isEqualTo(500);
    assertThat(healthz.reason())
        .contains("failing since 1h0m0s after the start (LAB_DEMO_HEALTHZ_FAIL_AFTER)");
  }
}
