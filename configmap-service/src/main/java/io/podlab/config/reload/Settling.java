package io.podlab.config.reload;

import io.podlab.config.source.Reading;
import java.time.Duration;

/**
 * Lets a reading pass once it has stayed the same for a moment, so that several files that are
 * written one after the other count as one change. Soon after another change the moment is longer
 * than the tenth of a second in which a source may flap: of such a one the last passes.
 */
final class Settling {
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
   * Until {@link #pass} is told that it has been judged, the answer stays true.
   *
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

  /** It has been judged, whatever it has done before. */
  void pass(Reading reading, long nanos) {
    passed = reading;
    passedAt = nanos;
    waiting = null;
  }
}
