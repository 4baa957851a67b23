package io.podlab.board.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.board.moment.Kind;
import io.podlab.board.moment.Observed;
import io.podlab.board.moment.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramClockTest {
  private static final Instant NOW = Instant.parse("2026-11-27T06:00:00.900Z");

  @ParameterizedTest
  @CsvSource({
    "'Fri, 27 Nov 2026 06:00:00 GMT', true, PT0S",
    "'Fri, 27 Nov 2026 06:00:00 GMT', false,",
    "'Fri, 27 Nov 2026 05:59:00 GMT', true, PT1M0.9S",
    "'Fri, 27 Nov 2026 05:59:00 GMT', false, PT1M0.9S",
    "'Fri, 27 Nov 2026 06:01:00 GMT', true, PT-59.1S",
    "yesterday, true,",
    ", true,",
  })
  void readsTheDateHeader(String date, boolean own, Duration behind) {
    assertThat(ProgramClock.ofDate(Optional.ofNullable(date), NOW, own).behind())
        .isEqualTo(Optional.ofNullable(behind));
  }

  @Test
  void correctsAClockThatIsBehind() {
    // Given
    ProgramClock clock = ProgramClock.of(NOW.minusSeconds(60), NOW);

    // When
    Observed observed = clock.correct(at(NOW.minusSeconds(90)), NOW);

    // Then
    assertThat(observed.apiTime()).contains(NOW.minusSeconds(30));
    assertThat(observed.approximate()).isFalse();
  }

  @Test
  void ignoresSmallDifferences() {
    ProgramClock clock = ProgramClock.of(NOW.minusMillis(1500), NOW);

    assertThat(clock.correct(at(NOW.minusSeconds(90)), NOW).apiTime())
        .contains(NOW.minusSeconds(90));
  }

  @Test
  void limitsReportsToNow() {
    assertThat(ProgramClock.of(NOW, NOW).correct(at(NOW.plusSeconds(1)), NOW).apiTime())
        .contains(NOW);
  }

  @Test
  void marksUncorrectedTimesAsApproximate() {
    assertThat(ProgramClock.UNKNOWN.correct(at(NOW), NOW).approximate()).isTrue();
  }

  private static Observed at(Instant time) {
    return Observed.of("uid", Kind.SIGNAL_ARRIVED, Source.PROGRAM, Optional.of(time), "text");
  }
}
