package io.podlab.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What one start of token-service's file backend gave, or the medians of several.
 *
 * @param createsPerSecond durable creates, by clients at once
 * @param listP50Millis of listing 1,000 tokens, one client
 * @param listP95Millis of the same
 * @param syncedWritesPerSecond what the disk makes at best: writes of 4 KiB, each with its fsync,
 *     one after another
 */
public record TokenSample(
    double createsPerSecond,
    double listP50Millis,
    double listP95Millis,
    double syncedWritesPerSecond) {

  static TokenSample median(List<TokenSample> samples) {
    return new TokenSample(
        median(samples, TokenSample::createsPerSecond),
        median(samples, TokenSample::listP50Millis),
        median(samples, TokenSample::listP95Millis),
        median(samples, TokenSample::syncedWritesPerSecond));
  }

  private static double median(List<TokenSample> samples, ToDoubleFunction<TokenSample> figure) {
    return percentile(samples.stream().mapToDouble(figure).toArray(), 0.5);
  }

  /** The smallest value that this share of the values does not exceed. */
  static double percentile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  static List<List<String>> table(List<TokenSample> samples) {
    TokenSample median = median(samples);
    return List.of(
        List.of(
            "TOKENS",
            "CREATES/s",
            "LIST P50 ms",
            "LIST P95 ms",
            "DISK'S SYNCED WRITES/s",
            "CREATES A SYNCED WRITE"),
        List.of(
            "ours",
            number(median.createsPerSecond, 0),
            number(median.listP50Millis, 2),
            number(median.listP95Millis, 2),
            number(median.syncedWritesPerSecond, 0),
            number(median.createsPerSecond / median.syncedWritesPerSecond, 2)));
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
