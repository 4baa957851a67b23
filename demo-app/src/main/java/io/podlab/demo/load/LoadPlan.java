package io.podlab.demo.load;

import java.time.Duration;

/**
 * What is sent, when, and how.
 *
 * @param time for how long requests are sent, 100 ms to 1 h
 * @param rate requests a second, 1 to 1,000
 * @param keepAlive on a few connections that stay open; otherwise on a new one for each request
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

  /** How many requests are due in all; at least one. */
  long requests() {
    return (time.toNanos() * rate + NANOSECONDS - 1) / NANOSECONDS;
  }

  /**
   * When a request is due, in nanoseconds after the start.
   *
   * @param request from 0
   */
  long dueAfter(long request) {
    return request * NANOSECONDS / rate;
  }
}
