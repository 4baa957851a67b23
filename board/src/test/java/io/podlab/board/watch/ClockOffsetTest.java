package io.podlab.board.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
  private static final Instant SENT = Instant.parse("2026-03-01T12:00:00Z");

  /** An answer of a server whose clock is ahead by this duration; the round trip takes 20 ms. */
  private static ClockOffset answer(ClockOffset before, Duration after, Duration ahead) {
    Instant sent = SENT.plus(after);
    Instant date = sent.plusMillis(10).plus(ahead);
    return before.with(sent, sent.plusMillis(20), Instant.ofEpochSecond(date.getEpochSecond()));
  }

  @Test
  void ignoresADifferenceThatWholeSecondsExplain() {
    // When
    ClockOffset offset = answer(ClockOffset.UNKNOWN, Duration.ZERO, Duration.ofMillis(900));

    // Then
    assertThat(offset.correction()).isZero();
  }

  @Test
  void correctsAMinute() {
    // When
    ClockOffset offset = answer(ClockOffset.UNKNOWN, Duration.ZERO, Duration.ofSeconds(60));

    // Then
    assertThat(offset.correction()).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(61));
  }

  @Test
  void narrowsTheRangeWithEachAnswer() {
    // Given
    ClockOffset offset = ClockOffset.UNKNOWN;

    // When
    for (int i = 0; i < 20; i++) {
      offset = answer(offset, Duration.ofMillis(2_130L * i), Duration.ofSeconds(-60));
    }

    // Then
    assertThat(SENT.plus(offset.correction()))
        .isCloseTo(
            SENT.minusSeconds(60),
            new TemporalUnitWithinOffset(100, java.time.temporal.ChronoUnit.MILLIS));
  }

  @Test
  void startsAgainAfterAClockWasSet() {
    // Given
    ClockOffset offset = answer(ClockOffset.UNKNOWN, Duration.ZERO, Duration.ofSeconds(60));

    // When
    ClockOffset set = answer(offset, Duration.ofSeconds(2), Duration.ZERO);

    // Then
    assertThat(set.correction()).isZero();
  }
}
