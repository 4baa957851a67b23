package io.podlab.board.moment;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Times as API objects carry them. */
final class ApiTime {
  private ApiTime() {}

  /** Empty for what is not set, which a container runtime may write as the year 1970. */
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
