package io.podlab.demo.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ProbeFilterTest {
  private final ProbeFilter filter = new ProbeFilter();

  @Test
  void dropsTheKubeletsProbes() {
    assertThat(filter.isLoggable(access("10.244.0.1 \"GET / HTTP/1.1\" 200 \"kube-probe/1.20\"")))
        .isFalse();
  }

  @Test
  void keepsARequestThatOnlyAsksForSomethingOfThatName() {
    assertThat(filter.isLoggable(access("::1 \"GET /kube-probe/ HTTP/1.1\" 404 \"curl/8\"")))
        .isTrue();
  }

  @Test
  void keepsWhatOthersLog() {
    // Given
    LogRecord line = new LogRecord(Level.INFO, "seen \"kube-probe/1.20\"");
    line.setLoggerName("io.podlab.demo");

    // Then
    assertThat(filter.isLoggable(line)).isTrue();
  }

  private static LogRecord access(String message) {
    LogRecord line = new LogRecord(Level.INFO, message);
    line.setLoggerName(ProbeFilter.ACCESS_LOG);
    return line;
  }
}
