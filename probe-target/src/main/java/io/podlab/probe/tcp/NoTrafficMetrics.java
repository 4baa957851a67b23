package io.podlab.probe.tcp;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Leaves out what Vert.x measures of the tcp port: bytes that nobody sends, for connections that
 * {@code lab_probe_requests_total} counts, without the help that {@code promtool} asks for.
 */
final class NoTrafficMetrics {
  @Produces
  @Singleton
  MeterFilter filter() {
    return MeterFilter.deny(NoTrafficMetrics::isOfTheTcpPort);
  }

  private static boolean isOfTheTcpPort(Meter.Id id) {
    return id.getName().startsWith("tcp.");
  }
}
