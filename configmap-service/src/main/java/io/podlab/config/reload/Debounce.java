package io.podlab.config.reload;

import io.podlab.config.source.Reading;
import java.time.Duration;

/**
 * Debounces readings: a reading passes after it has stayed the same for 50 ms. Several files that a
 * person writes one after the other then count as one change. Soon after another change the delay
 * is 120 ms, so that of a source that changes ten times a second only the last reading passes. No
 * reading is delayed by more than a second.
 */
final class Debounce {
  static final Duration QUIET = Duration.ofMillis(50);
  static final Duration QUIET_AFTER_A_CHANGE = Duration.ofMillis(120);
  static final Duration AFTER_A_CHANGE = Duration.ofMillis(200);
  static final Duration LONGEST = Duration.ofSeconds(1);

  private Reading passed;
  private long passedAt;
  private Reading waiting;
  private Duration quiet = QUIET;
  private long first;
  private long last;

  /**
   * The answer stays true until {@link #pass} is called.
   *
   * @param nanos a monotonic clock
   * @return whether to decide on this reading now; false for the reading that passed last
   */
  boolean passes(Reading reading, long nanos) {
    if (reading == passed) {
      waiting = null;
      return false;
    }
    if (waiting == null) {
      first = nanos;
      quiet = nanos - passedAt < AFTER_A_CHANGE.toNanos() ? QUIET_AFTER_A_CHANGE : QUIET;
    }
    if (reading != waiting) {
      waiting = reading;
      last = nanos;
    }
    return nanos - last >= quiet.toNanos() || nanos - first >= LONGEST.toNanos();
  }

  boolean isWaiting() {
    return waiting != null;
  }

  /** Records that the service decided on this reading, even if it had not settled. */
  void pass(Reading reading, long nanos) {
    passed = reading;
    passedAt = nanos;
    waiting = null;
  }
}
