package io.podlab.token.file;

import java.time.Duration;
import java.time.Instant;

/**
 * Notices a clock that jumps, by one that cannot. A clock that was set wrong is soon set right: for
 * ten minutes nothing is to be thrown away by it. A machine that slept looks the same, and loses
 * nothing by it. Nor is it known at the start whether the clock has jumped before.
 */
final class ClockJumps {
  static final Duration CAUTION = Duration.ofMinutes(10);

  /** More than a slow machine or a correction by NTP's slewing makes up within a second. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private Instant lastTime;
  private long lastNanos;
  private boolean suspect;
  private long suspectSince;

  /**
   * @param nanos of the monotonic clock
   * @param suspect whether there is something to lose if the clock is wrong now
   */
  ClockJumps(Instant time, long nanos, boolean suspect) {
    this.lastTime = time;
    this.lastNanos = nanos;
    this.suspect = suspect;
    this.suspectSince = nanos;
  }

  /**
   * Compares the two clocks. To be called every second or so.
   *
   * @return how far the clock has jumped since the last call, zero if it has not
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

  /** Not for {@link #CAUTION} after a jump, or after a start with something to lose. */
  synchronized boolean isClockTrusted() {
    return !suspect || lastNanos - suspectSince >= CAUTION.toNanos();
  }
}
