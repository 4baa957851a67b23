package io.podlab.demo.load;

import java.time.Duration;

/**
 * The requests to send.
 *
 * @param time duration, 100 ms to 1 h
 * @param rate requests per second, 1 to 1000
 * @param keepAlive whether to use a few open connections; otherwise each request has a new
 *     connection
 */
public record LoadPlan(LoadTarget target, Duration time, int rate, boolean keepAlive) {
  public static final Duration SHORTEST = Duration.ofMillis(100);
  public static final Duration LONGEST = Duration.ofHours(1);
  public static final int LOWEST_RATE = 1;
  public static final int HIGHEST_RATE = 1000;

  private static final long NANOSECONDS = Duration.ofSeconds(1).toNanos();

  public LoadPlan {
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("the time is out of bounds: " + time);
    }
    if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
      throw new IllegalArgumentException("the rate is out of bounds: " + rate);
    }
  }

  /** Total number of requests; at least one. */
  long requests() {
    return (time.toNanos() * rate + NANOSECONDS - 1) / NANOSECONDS;
  }

  /**
   * The time at which to send a request, in nanoseconds after the start.
   *
   * @param request number of the request, from 0
   */
  long dueAfter(long request) {
    return request * NANOSECONDS / rate;
  }
}
