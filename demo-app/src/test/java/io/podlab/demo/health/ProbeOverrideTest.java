package io.podlab.demo.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.kit.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeOverrideTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void failsForThatLongAndNoLonger() {
    // When
    ProbeOverride order = ProbeOverride.parse("fail:30s", NOW);

    // Then
    assertThat(order.reason(NOW)).contains("set to fail for 30s");
    assertThat(order.reason(NOW.plusMillis(29_999))).isPresent();
    assertThat(order.reason(NOW.plusSeconds(30))).isEmpty();
  }

  @Test
  void failsUntilToldOtherwise() {
    assertThat(ProbeOverride.parse(" fail\n", NOW).reason(NOW.plus(Duration.ofDays(1000))))
        .contains("set to fail");
  }

  @Test
  void isWellIfToldSo() {
    assertThat(ProbeOverride.parse("ok", NOW).reason(NOW)).isEmpty();
  }

  @Test
  void failsFromATimeAfterTheStartOn() {
    // When
    ProbeOverride order = ProbeOverride.failAfter(Duration.ofSeconds(10), NOW);

    // Then
    assertThat(order.reason(NOW.plusMillis(9_999))).isEmpty();
    assertThat(order.reason(NOW.plusSeconds(10)))
        .hasValueSatisfying(why -> assertThat(why).contains("10s", "LAB_DEMO_HEALTHZ_FAIL_AFTER"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "OK", "fail:", "fail:0s", "fail:25h", "fail:-1s", "fail:30", "broken"})
  void isNoOtherWord(String order) {
    assertThatThrownBy(() -> ProbeOverride.parse(order, NOW)).isInstanceOf(ProblemException.class);
  }
}
