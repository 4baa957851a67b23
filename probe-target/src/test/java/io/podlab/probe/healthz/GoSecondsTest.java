package io.podlab.probe.healthz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoSecondsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0.000000001",
    "10000000001, 10.000000001",
    "10733563077, 10.733563077",
    "10500000000, 10.5",
    "11000000000, 11",
    "100000000000, 100",
    "86400123000000, 86400.123",
  })
  void areFormattedAsGoFormatsAFloat(long nanos, String written) {
    assertThat(GoSeconds.of(nanos)).isEqualTo(written);
  }
}
