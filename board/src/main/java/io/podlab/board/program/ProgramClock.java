package io.podlab.board.program;

import io.podlab.board.moment.ClockDifference;
import io.podlab.board.moment.Observed;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The offset of a program's clock. A difference of up to 1.5 seconds counts as zero, because a
 * {@code Date} header has whole seconds.
 *
 * @param behind how far the clock is behind the API server's clock; empty if unknown
 */
record ProgramClock(Optional<Duration> behind) {
  static final ProgramClock UNKNOWN = new ProgramClock(Optional.empty());

  /** The offset of a program that reports its current time. */
  static ProgramClock of(Instant program, Instant now) {
    return new ProgramClock(
        Optional.of(ClockDifference.correction(Duration.between(program, now))));
  }

  /**
   * The offset by the {@code Date} header of an answer.
   *
   * @param own whether the header certainly comes from the program; otherwise only a header that
   *     differs from the API server's time does
   */
  static ProgramClock ofDate(Optional<String> date, Instant now, boolean own) {
    return date.flatMap(ProgramClock::parse)
        .map(program -> of(program, now))
        .filter(clock -> own || !clock.behind().equals(Optional.of(Duration.ZERO)))
        .orElse(UNKNOWN);
  }

  private static Optional<Instant> parse(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException invalid) {
      return Optional.empty();
    }
  }

  /**
   * Converts the time to the API server's clock, at most now; approximate if the offset is unknown.
   */
  Observed correct(Observed observed, Instant now) {
    Optional<Instant> at =
        observed
            .apiTime()
            .map(time -> time.plus(behind.orElse(Duration.ZERO)))
            .map(time -> time.isAfter(now) ? now : time);
    return new Observed(
        observed.lane(),
        observed.kind(),
        observed.source(),
        at,
        observed.approximate() || behind.isEmpty(),
        observed.state(),
        observed.container(),
        observed.endpoint(),
        observed.count(),
        observed.text());
  }
}
