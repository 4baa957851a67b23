package io.podlab.demo.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopSummaryTest {
  @Test
  void isALine() {
    // Given
    StopSummary outcome = new StopSummary(1204, "SIGTERM", 3, Duration.ofMillis(1249), 0);

    // Then
    assertThat(outcome.line())
        .isEqualTo("served 1204 requests; SIGTERM, drained 3 in 1.2s, 0 lost");
  }
}
