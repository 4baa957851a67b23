package io.podlab.lab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({"90s, PT90S", "3m, PT3M", "1h30m, PT1H30M", "1h1m1s, PT1H1M1S"})
  void readsWhatKubectlReads(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "0s", "-1s", "3d", "PT3M", "3m 2s", "99999999999s"})
  void saysWhatItAcceptsInsteadOf(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as 90s, 3m or 1h30m");
  }

  @ParameterizedTest
  @CsvSource({"PT42S, 42s", "PT3M7S, 3m07s", "PT2H5M9S, 2h05m", "PT-1S, 0s"})
  void showsTheTwoLargestUnits(Duration duration, String expected) {
    assertThat(Durations.show(duration)).isEqualTo(expected);
  }
}
