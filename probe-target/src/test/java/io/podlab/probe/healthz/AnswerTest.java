package io.podlab.probe.healthz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
  @ParameterizedTest
  @CsvSource({
    "0, 200, ok",
    "9999999999, 200, ok",
    "10000000000, 200, ok",
    "10000000001, 500, error: 10.000000001",
    "10733563077, 500, error: 10.733563077",
    "11000000000, 500, error: 11",
    "86400500000000, 500, error: 86400.5",
    "20000000000000000, 500, error: 20000000",
  })
  void isAgnhostsToTheNanosecond(long nanoseconds, int status, String body) {
    assertThat(Answer.after(Duration.ofNanos(nanoseconds))).isEqualTo(new Answer(status, body));
  }
}
