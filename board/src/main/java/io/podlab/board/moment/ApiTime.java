package io.podlab.board.moment;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Parses the timestamps of API objects. */
final class ApiTime {
  private ApiTime() {}

  /** Empty if the time is not set; a container runtime may write that as the year 1970. */
  static Optional<Instant> parse(String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text)).filter(time -> time.isAfter(Instant.EPOCH));
    } catch (DateTimeParseException notATime) {
      return Optional.empty();
    }
  }
}
