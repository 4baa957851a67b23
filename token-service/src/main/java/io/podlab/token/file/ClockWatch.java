package io.podlab.token.file;

import java.time.Duration;
import java.time.Instant;

/**
 * Notices a clock that jumps, by one that cannot. A clock that was set wrong is soon set right: for
 * ten minutes nothing is to be thrown away by it. A machine that slept looks the same, and loses
 * nothing by it.
 */
final class ClockWatch {
  static final Duration CAUTION = Duration.ofMinutes(10);

  /** More than a slow machine or a correction by NTP's slewing makes up within a second. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private Instant lastTime;
  private long lastNanos;
  private boolean jumped;
  private long jumpedAt;

  /**
   * @param nanos of the monotonic clock
   */
  ClockWatch(Instant time, long nanos) {
    this.lastTime = time;
    this.lastNanos = nanos;
  }

  /**
   * To be called every second or so.
   *
   * @return how far the clock has jumped since the last call, zero if it has not
   */
  Duration look(Instant time, long nanos) {
    Duration jump = Duration.between(lastTime, time).minusNanos(nanos - lastNanos);
    lastTime = time;
    lastNanos = nanos;
    if (jump.abs().compareTo(TOLERANCE) <= 0) {
      return Duration.ZERO;
    }
    jumped = true;
    jumpedAt = nanos;
    return jump;
  }

  /** Whether the last jump was long ago. */
  boolean isTrusted() {
    return !jumped || lastNanos - jumpedAt >= CAUTION.toNanos();
  }
}
