package io.podlab.board.watch;

import io.podlab.board.moment.ClockDifference;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the API server's clock is ahead of this machine's clock. The {@code Date} header of an
 * answer has whole seconds, so one answer gives a range of more than a second. Several answers
 * narrow it.
 *
 * @param least the lower bound
 * @param most the upper bound
 */
record ClockOffset(Optional<Duration> least, Optional<Duration> most) {
  static final ClockOffset UNKNOWN = new ClockOffset(Optional.empty(), Optional.empty());

  /**
   * Adds an answer. If it contradicts the earlier ones, a clock was set, and the range starts
   * again.
   *
   * @param sent the time of the request, by this machine's clock
   * @param received the time of the answer, by this machine's clock
   * @param date the {@code Date} of the answer
   */
  ClockOffset with(Instant sent, Instant received, Instant date) {
    Duration from = Duration.between(received, date);
    Duration to = Duration.between(sent, date.plusSeconds(1));
    Duration nextLeast = least.filter(one -> one.compareTo(from) > 0).orElse(from);
    Duration nextMost = most.filter(one -> one.compareTo(to) < 0).orElse(to);
    return nextLeast.compareTo(nextMost) <= 0
        ? new ClockOffset(Optional.of(nextLeast), Optional.of(nextMost))
        : new ClockOffset(Optional.of(from), Optional.of(to));
  }

  /** The offset to apply; zero if it is within the tolerance. */
  Duration correction() {
    if (least.isEmpty() || most.isEmpty()) {
      return Duration.ZERO;
    }
    return ClockDifference.correction(least.get().plus(most.get()).dividedBy(2));
  }
}
