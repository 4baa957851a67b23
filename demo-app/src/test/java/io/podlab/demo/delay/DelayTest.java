package io.podlab.demo.delay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelayTest {
  @ParameterizedTest
  @CsvSource({"0s, 0", "250ms, 250", "1.5s, 1500", "2m, 120000", "5m, 300000", "300s, 300000"})
  void isANumberWithAUnit(String text, long milliseconds) {
    assertThat(Delay.parse(text))
        .hasValueSatisfying(
            delay -> assertThat(delay.duration()).isEqualTo(Duration.ofMillis(milliseconds)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10", "s", "1h", "-1s", "1 s", "5m1s", "300.001s", "6m", "1e3s", "999999999m"})
  void isNothingElseAndNoLongerThanFiveMinutes(String text) {
    assertThat(Delay.parse(text)).isEmpty();
  }
}
