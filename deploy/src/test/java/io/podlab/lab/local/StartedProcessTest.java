package io.podlab.lab.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartedProcessTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private final StartedProcess started = new StartedProcess("alpha", 42, START);

  @Test
  void recognizesItsProcessThoughTheClockOfTheBootWasReadDifferently() {
    assertThat(started.isThis(Optional.of(START.minusMillis(900)))).isTrue();
  }

  @Test
  void takesNoProcessThatStartedAtAnotherTimeForIts() {
    assertThat(started.isThis(Optional.of(START.plusSeconds(3)))).isFalse();
  }

  @Test
  void takesNoProcessWhoseStartIsUnknownForIts() {
    assertThat(started.isThis(Optional.empty())).isFalse();
  }

  @Test
  void findsARunningProcess() {
    assertThat(StartedProcess.of("this", ProcessHandle.current()).isAlive()).isTrue();
  }
}
