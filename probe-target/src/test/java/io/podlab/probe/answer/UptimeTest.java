package io.podlab.probe.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UptimeTest {
  private final SettableUptime settable = new SettableUptime();
  private final Uptime uptime = settable.uptime();

  @Test
  void isZeroUntilThePortIsOpen() {
    // When
    settable.advance(Duration.ofSeconds(5));

    // Then
    assertThat(uptime.nanos()).isZero();
    assertThat(uptime.runs()).isFalse();
  }

  @Test
  void startsAtTheFirstBegin() {
    // Given
    uptime.begin();
    settable.advance(Duration.ofSeconds(5));

    // When
    uptime.begin();

    // Then
    assertThat(uptime.nanos()).isEqualTo(5_000_000_000L);
  }

  @Test
  void convertsToTheTimeOfDay() {
    // Given
    uptime.begin();

    // Then
    assertThat(Duration.between(uptime.instant(0), uptime.instant(1_500_000_000L)))
        .isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void callsBackOnceAtTheStart() {
    // Given
    AtomicInteger calls = new AtomicInteger();
    uptime.atBegin(calls::incrementAndGet);
    assertThat(calls).hasValue(0);

    // When
    uptime.begin();
    uptime.begin();

    // Then
    assertThat(calls).hasValue(1);
  }

  @Test
  void callsBackImmediatelyAfterTheStart() {
    // Given
    AtomicInteger calls = new AtomicInteger();
    uptime.begin();

    // When
    uptime.atBegin(calls::incrementAndGet);

    // Then
    assertThat(calls).hasValue(1);
  }
}
