package io.podlab.kit.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Adds buckets to the response times in the HTTP metrics, from which Prometheus computes
 * percentiles. Each bucket is one more time series per path, method and status, so there are few.
 * Micrometer's own buckets would be 69.
 */
final class LatencyBuckets implements MeterFilter {
  private static final String NAME = "http.server.requests";
  private static final DistributionStatisticConfig BUCKETS =
      DistributionStatisticConfig.builder()
          .serviceLevelObjectives(
              Stream.of(5, 25, 100, 250, 1_000, 5_000)
                  .mapToDouble(milliseconds -> Duration.ofMillis(milliseconds).toNanos())
                  .toArray())
          .build();

  @Produces
  @Singleton
  static MeterFilter filter() {
    return new LatencyBuckets();
  }

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    return id.getName().equals(NAME) ? BUCKETS.merge(config) : config;
  }
}
