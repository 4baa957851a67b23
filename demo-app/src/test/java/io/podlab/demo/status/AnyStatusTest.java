package io.podlab.demo.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnyStatusTest {
  @ParameterizedTest
  @CsvSource({"200, OK", "404, Not Found", "503, Service Unavailable", "299, Status 299"})
  void saysItselfInWords(int status, String reason) {
    assertThat(AnyStatus.of(status).plainText()).isEqualTo(status + " " + reason + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "99", "100", "199", "600", "1000", "-200", "2e2", "abc", "٢٠٠"})
  void isNothingElse(String text) {
    assertThat(AnyStatus.parse(text)).isEmpty();
  }
}
