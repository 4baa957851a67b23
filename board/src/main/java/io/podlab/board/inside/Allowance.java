package io.podlab.board.inside;

import java.util.concurrent.TimeUnit;

/** So much at once, and then so much a second. */
final class Allowance {
  private final long most;
  private final long perSecond;
  private double left;
  private long filled;
  private boolean begun;

  Allowance(long most, long perSecond) {
    this.most = most;
    this.perSecond = perSecond;
    this.left = most;
  }

  /**
   * @param nanos as of {@link System#nanoTime()}
   * @return false if there is not so much left
   */
  boolean take(long amount, long nanos) {
    if (begun) {
      double seconds = (nanos - filled) / (double) TimeUnit.SECONDS.toNanos(1);
      left = Math.min(most, left + seconds * perSecond);
    }
    begun = true;
    filled = nanos;
    if (left < amount) {
      return false;
    }
    left -= amount;
    return true;
  }
}
