package io.podlab.demo.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestedStatusTest {
  @ParameterizedTest
  @CsvSource({"200, OK", "404, Not Found", "503, Service Unavailable", "299, Status 299"})
  void saysItselfInWords(int status, String reason) {
    assertThat(RequestedStatus.of(status).plainText()).isEqualTo(status + " " + reason + "\n");
  }
}
