package io.podlab.token.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** Makes the libraries' metrics pass {@code promtool check metrics}, as ours do. */
final class MetricsLint implements MeterFilter {
  /**
   * Against the rules of names and help, and said by others: process_cpu_usage, the container's
   * limits, http_server_active_connections.
   */
  private static final Set<String> DENIED =
      Set.of("process.cpu.time", "system.cpu.count", "http.server.connections");

  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "http.server.active.requests", "Requests in flight",
          "http.server.requests", "Requests answered, and how long that took",
          "http.server.bytes.read", "Bytes of request bodies",
          "http.server.bytes.written", "Bytes of response bodies");

  @Produces
  @Singleton
  MeterFilter filter() {
    return new MetricsLint();
  }

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    return DENIED.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    String description = DESCRIPTIONS.get(id.getName());
    return description == null
        ? id
        : new Meter.Id(
            id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), description, id.getType());
  }
}
