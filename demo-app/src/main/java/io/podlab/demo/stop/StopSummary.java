package io.podlab.demo.stop;

import java.time.Duration;
import java.util.Locale;

/**
 * The summary of a stop.
 *
 * @param served number of requests answered since the start
 * @param signal signal that ended the process
 * @param drained number of requests answered after the signal
 * @param took time from the signal to the end of the drain
 * @param lost number of requests still in flight at the end
 */
record StopSummary(long served, String signal, long drained, Duration took, long lost) {
  /** {@code served 1204 requests; SIGTERM, drained 3 in 1.2s, 0 lost}. */
  String line() {
    return String.format(
        Locale.ROOT,
        "served %d requests; %s, drained %d in %.1fs, %d lost",
        served,
        signal,
        drained,
        took.toMillis() / 1e3,
        lost);
  }
}
