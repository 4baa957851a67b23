package io.podlab.board.watch;

import io.podlab.board.moment.ClockDifference;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the API server's clock is ahead of this machine's, by the {@code Date} of its answers.
 * That has whole seconds, so each answer gives a range of more than a second; all of them together
 * narrow it.
 *
 * @param least not less than this
 * @param most not more than this
 */
record ClockOffset(Optional<Duration> least, Optional<Duration> most) {
  static final ClockOffset UNKNOWN = new ClockOffset(Optional.empty(), Optional.empty());

  /**
   * What one more answer tells. If it contradicts the others, one of the clocks was set.
   *
   * @param sent when the request was sent, by this machine's clock
   * @param received when the answer came
   * @param date of the answer
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

  /** Zero unless it is certain to be worth it. */
  Duration correction() {
    if (least.isEmpty() || most.isEmpty()) {
      return Duration.ZERO;
    }
    return ClockDifference.correction(least.get().plus(most.get()).dividedBy(2));
  }
}
