package io.podlab.board.inside;

import io.podlab.board.moment.ClockDifference;
import io.podlab.board.moment.Observed;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What is known of a program's clock. A difference within a second and a half counts as none: that
 * is as exact as a {@code Date}, of whole seconds, can tell.
 *
 * @param behind how far it is behind the API server's; empty if that cannot be told
 */
record ProgramClock(Optional<Duration> behind) {
  static final ProgramClock UNKNOWN = new ProgramClock(Optional.empty());

  /** Of a program that says what time it is now. */
  static ProgramClock told(Instant program, Instant now) {
    return new ProgramClock(
        Optional.of(ClockDifference.correction(Duration.between(program, now))));
  }

  /**
   * By the header {@code Date} of an answer.
   *
   * @param own whether it must be the program's; if not, one that differs from the API server's is
   */
  static ProgramClock ofDate(Optional<String> date, Instant now, boolean own) {
    return date.flatMap(ProgramClock::parse)
        .map(program -> told(program, now))
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

  /** Its time by the API server's clock and never after now, or else marked as approximate. */
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
