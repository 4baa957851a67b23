package io.podlab.demo.stop;

import java.time.Duration;
import java.util.Locale;

/**
 * How the end went.
 *
 * @param served requests that were answered since the start
 * @param signal that ended the process
 * @param drained requests that were answered after the signal
 * @param took from the signal until no more requests came, or no more was waited for
 * @param lost requests that were in flight even then
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
