package io.podlab.demo.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelayTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0s, 0",
    "250ms, 250",
    "1.5s, 1500",
    "1m30s, 90000",
    "2m, 120000",
    "5m, 300000",
    "300s, 300000"
  })
  void isADurationAsKubernetesWritesIt(String text, long milliseconds) {
    assertThat(Delay.parse(text).duration()).isEqualTo(Duration.ofMillis(milliseconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10        | time: missing unit in duration "10"
          s         | time: invalid duration "s"
          1d        | time: unknown unit "d" in duration "1d"
          1 s       | time: unknown unit " s" in duration "1 s"
          -1s       | it is negative
          1h        | it is longer than 5m
          5m1s      | it is longer than 5m
          300.001s  | it is longer than 5m
          """)
  void isNothingElseAndNoLongerThanFiveMinutes(String text, String why) {
    assertThatIllegalArgumentException().isThrownBy(() -> Delay.parse(text)).withMessage(why);
  }
}
