package io.podlab.token.file;

import java.time.Duration;
import java.time.Instant;

/**
 * Detects jumps of the system clock by comparison with the monotonic clock. A wrong clock is often
 * corrected soon, so the service removes no tokens for ten minutes after a jump. A machine that
 * slept looks the same; there the delay does no harm. The clock may also have jumped before the
 * start.
 */
final class ClockJumps {
  static final Duration CAUTION = Duration.ofMinutes(10);

  /** Larger than the difference that a slow machine or NTP slewing causes within a second. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private Instant lastTime;
  private long lastNanos;
  private boolean suspect;
  private long suspectSince;

  /**
   * @param nanos the monotonic clock
   * @param suspect whether to distrust the clock at first, because tokens exist already
   */
  ClockJumps(Instant time, long nanos, boolean suspect) {
    this.lastTime = time;
    this.lastNanos = nanos;
    this.suspect = suspect;
    this.suspectSince = nanos;
  }

  /**
   * Compares the two clocks. Call it about once per second.
   *
   * @return the jump since the last call; zero if there was none
   */
  synchronized Duration observe(Instant time, long nanos) {
    Duration jump = Duration.between(lastTime, time).minusNanos(nanos - lastNanos);
    lastTime = time;
    lastNanos = nanos;
    if (jump.abs().compareTo(TOLERANCE) <= 0) {
      return Duration.ZERO;
    }
    suspect = true;
    suspectSince = nanos;
    return jump;
  }

  /** False for {@link #CAUTION} after a jump, and after a start with tokens. */
  synchronized boolean isClockTrusted() {
    return !suspect || lastNanos - suspectSince >= CAUTION.toNanos();
  }
}
