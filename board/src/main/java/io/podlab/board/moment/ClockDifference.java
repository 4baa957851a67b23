package io.podlab.board.moment;

import java.time.Duration;

/** The difference between two clocks, measured with {@code Date} headers in whole seconds. */
public final class ClockDifference {
  /** Whole seconds and the round trip can explain any smaller difference. */
  private static final Duration TOLERANCE = Duration.ofMillis(1_500);

  private ClockDifference() {}

  /** The difference, or zero if it is within the tolerance. */
  public static Duration correction(Duration difference) {
    return difference.abs().compareTo(TOLERANCE) > 0 ? difference : Duration.ZERO;
  }
}
