package io.podlab.demo.load;

import java.math.BigDecimal;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The time limit of a request, for all of its steps together. */
final class Deadline {
  private final long end;
  private final Duration time;

  private Deadline(long end, Duration time) {
    this.end = end;
    this.time = time;
  }

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos(), time);
  }

  /**
   * The remaining time, at least 1 ms, because a socket treats 0 as no limit.
   *
   * @throws SocketTimeoutException if the time is over
   */
  int leftMillis() throws SocketTimeoutException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return Math.toIntExact(left / 1_000_000 + 1);
  }

  /** The whole time limit as text: {@code within 5 s}. */
  @Override
  public String toString() {
    return "within " + seconds() + " s";
  }

  private String seconds() {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
