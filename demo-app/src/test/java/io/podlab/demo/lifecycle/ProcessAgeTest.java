package io.podlab.demo.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessAgeTest {
  @Test
  void isTheTimeSinceBootLessThatOfTheStart() {
    assertThat(
            ProcessAge.of(
                "7 (a) b (c) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123456 9 10\n",
                "1240.06 2345.67\n"))
        .isEqualTo(Duration.ofMillis(5500));
  }

  @Test
  void isNoLessThanThatOfTheJvm() {
    // Given
    long jvm = ManagementFactory.getRuntimeMXBean().getUptime();

    // Then
    assertThat(ProcessAge.current().toMillis()).isBetween(jvm, jvm + 60_000);
  }
}
