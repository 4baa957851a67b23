package io.podlab.board.program;

import java.util.concurrent.TimeUnit;

/** A rate limit: a burst, then a constant rate per second. */
final class TokenBucket {
  private final long most;
  private final long perSecond;
  private double left;
  private long filled;
  private boolean started;

  TokenBucket(long most, long perSecond) {
    this.most = most;
    this.perSecond = perSecond;
    this.left = most;
  }

  /**
   * @param nanos from {@link System#nanoTime()}
   * @return false if the bucket does not have enough tokens
   */
  boolean take(long amount, long nanos) {
    if (started) {
      double seconds = (nanos - filled) / (double) TimeUnit.SECONDS.toNanos(1);
      left = Math.min(most, left + seconds * perSecond);
    }
    started = true;
    filled = nanos;
    if (left < amount) {
      return false;
    }
    left -= amount;
    return true;
  }
}
