package io.podlab.probe.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.000s",
    "1500000, 0.002s",
    "350000000, 0.350s",
    "12340000000, 12.3s",
    "59940000000, 59.9s",
    "60000000000, 1m00s",
    "125000000000, 2m05s",
    "11220000000000, 3h07m",
  })
  void isFormattedForPeople(long nanos, String written) {
    assertThat(HumanDuration.of(nanos)).isEqualTo(written);
  }
}
