package io.podlab.board.moment;

import java.time.Duration;

/** How far apart two clocks are, by the whole seconds of a {@code Date}. */
public final class ClockDifference {
  /** What is less cannot be told from the whole seconds and the round trip. */
  private static final Duration TOLERANCE = Duration.ofMillis(1_500);

  private ClockDifference() {}

  /** The difference, or zero if it is not worth correcting. */
  public static Duration correction(Duration difference) {
    return difference.abs().compareTo(TOLERANCE) > 0 ? difference : Duration.ZERO;
  }
}
