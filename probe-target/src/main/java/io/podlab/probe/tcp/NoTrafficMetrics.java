package io.podlab.probe.tcp;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Removes the metrics of Vert.x for the TCP port. They count bytes that clients do not send, and
 * have no HELP text, which {@code promtool} requires. {@code lab_probe_requests_total} counts
 * connections.
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
