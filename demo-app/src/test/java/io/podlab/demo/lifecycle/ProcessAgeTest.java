package io.podlab.demo.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessAgeTest {
  @Test
  void isTheTimeSinceBootLessThatOfTheStart() {
    assertThat(
            ProcessAge.of(
                "7 (a) b (c) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123456 9 10\n",
                "1240.06 2345.67\n"))
        .isEqualTo(Duration.ofMillis(5500));
  }

  @ParameterizedTest
  @CsvSource({
    "1 (podlab-init), 710",
    "12 (podlab-init),",
    "1 (bash),",
    "1 (systemd),",
    "1 (podlab-init2),",
  })
  void tellsTheShareOfTheContainerRuntimeIfProcess1IsTheImagesInit(String parent, Long millis) {
    // Given
    String before = "%s S 0 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123385 9 10\n";
    String self = "7 (java) S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123456 9 10\n";

    // Then
    assertThat(ProcessAge.ofTheContainerRuntime(before.formatted(parent), self))
        .isEqualTo(Optional.ofNullable(millis).map(Duration::ofMillis));
  }

  @Test
  void isNoLessThanThatOfTheJvm() {
    // Given
    long jvm = ManagementFactory.getRuntimeMXBean().getUptime();

    // Then
    assertThat(ProcessAge.current().toMillis()).isBetween(jvm, jvm + 60_000);
  }
}
