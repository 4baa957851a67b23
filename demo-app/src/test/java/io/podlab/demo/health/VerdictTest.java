package io.podlab.demo.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.kit.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void failsForThatLongAndNoLonger() {
    // When
    Verdict verdict = Verdict.parse("fail:30s", NOW);

    // Then
    assertThat(verdict.reason(NOW)).contains("told to fail for 30s");
    assertThat(verdict.reason(NOW.plusMillis(29_999))).isPresent();
    assertThat(verdict.reason(NOW.plusSeconds(30))).isEmpty();
  }

  @Test
  void failsUntilToldOtherwise() {
    assertThat(Verdict.parse(" fail\n", NOW).reason(NOW.plus(Duration.ofDays(1000))))
        .contains("told to fail");
  }

  @Test
  void isWellIfToldSo() {
    assertThat(Verdict.parse("ok", NOW).reason(NOW)).isEmpty();
  }

  @Test
  void failsFromATimeAfterTheStartOn() {
    // When
    Verdict verdict = Verdict.failAfter(Duration.ofSeconds(10), NOW);

    // Then
    assertThat(verdict.reason(NOW.plusMillis(9_999))).isEmpty();
    assertThat(verdict.reason(NOW.plusSeconds(10)))
        .hasValueSatisfying(why -> assertThat(why).contains("10s", "LAB_DEMO_HEALTHZ_FAIL_AFTER"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "OK", "fail:", "fail:0s", "fail:25h", "fail:-1s", "fail:30", "broken"})
  void isNoOtherWord(String order) {
    assertThatThrownBy(() -> Verdict.parse(order, NOW)).isInstanceOf(ProblemException.class);
  }
}
