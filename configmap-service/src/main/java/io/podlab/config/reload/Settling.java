package io.podlab.config.reload;

import io.podlab.config.source.Reading;
import java.time.Duration;

/**
 * Lets a reading pass once it has stayed the same for a while, so that several files that are
 * written one after the other count as one change, and of a source that flaps the last one.
 */
final class Settling {
  static final Duration QUIET = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofSeconds(1);

  private Reading passed;
  private Reading waiting;
  private long first;
  private long last;

  /**
   * @param nanos a clock that does not jump
   * @return whether this reading is to be judged now; false if it is the one that was passed last
   */
  boolean passes(Reading reading, long nanos) {
    if (reading == passed) {
      waiting = null;
      return false;
    }
    if (waiting == null) {
      first = nanos;
    }
    if (reading != waiting) {
      waiting = reading;
      last = nanos;
    }
    if (nanos - last < QUIET.toNanos() && nanos - first < LONGEST.toNanos()) {
      return false;
    }
    pass(reading);
    return true;
  }

  /** It is judged now, whatever it has done before. */
  void pass(Reading reading) {
    passed = reading;
    waiting = null;
  }
}
