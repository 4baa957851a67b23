package io.podlab.lab.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one start of one program gave, or the medians of several.
 *
 * @param startMillis from the start of the process to the first 200, each try on a new connection
 * @param idleMiB resident memory then
 * @param requestsPerSecond under wrk, after a warm-up
 * @param p99Millis of the same requests
 * @param loadedMiB resident memory after them
 * @param unsuccessful answers that were neither 2xx nor 3xx
 */
public record Sample(
    double startMillis,
    double idleMiB,
    double requestsPerSecond,
    double p99Millis,
    double loadedMiB,
    double unsuccessful) {

  static Sample median(List<Sample> samples) {
    return new Sample(
        median(samples, Sample::startMillis),
        median(samples, Sample::idleMiB),
        median(samples, Sample::requestsPerSecond),
        median(samples, Sample::p99Millis),
        median(samples, Sample::loadedMiB),
        median(samples, Sample::unsuccessful));
  }

  /** This one's figures over the other's: below 1 is better but for requests a second. */
  Sample dividedBy(Sample other) {
    return new Sample(
        startMillis / other.startMillis,
        idleMiB / other.idleMiB,
        requestsPerSecond / other.requestsPerSecond,
        p99Millis / other.p99Millis,
        loadedMiB / other.loadedMiB,
        other.unsuccessful == 0 ? 0 : unsuccessful / other.unsuccessful);
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
