package io.podlab.kit.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes the libraries' metrics pass {@code promtool check metrics}, as ours do, and keeps what a
 * client can choose out of their labels.
 */
final class MetricsLint implements MeterFilter {
  /**
   * Against the rules of names and help, and said by others: process_cpu_usage, the container's
   * limits, http_server_active_connections.
   */
  private static final Set<String> DENIED =
      Set.of("process.cpu.time", "system.cpu.count", "http.server.connections");

  private static final Pattern TEMPLATE =
      Pattern.compile("([A-Za-z0-9_./*-]|\\{\\w+(: ?\\.[+*])?})*");

  /** Of RFC 9110 and RFC 5789; a client may send any other word, and a new one each time. */
  private static final Set<String> METHODS =
      Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

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
    return described(withKnownMethod(withTemplate(id)));
  }

  /** The path of a request that cannot be decoded: no template of ours has such characters. */
  private static Meter.Id withTemplate(Meter.Id id) {
    String uri = id.getTag("uri");
    if (Refusal.NOT_FOUND.equals(uri)) {
      return id.withTag(Tag.of("uri", "NOT_FOUND"));
    }
    return uri == null || TEMPLATE.matcher(uri).matches()
        ? id
        : id.withTag(Tag.of("uri", "/REFUSED"));
  }

  private static Meter.Id withKnownMethod(Meter.Id id) {
    String method = id.getTag("method");
    return method == null || METHODS.contains(method) ? id : id.withTag(Tag.of("method", "OTHER"));
  }

  /** Gives a metric of Quarkus without a description its name as one. */
  private static Meter.Id described(Meter.Id id) {
    return id.getDescription() != null
        ? id
        : new Meter.Id(
            id.getName(),
            Tags.of(id.getTags()),
            id.getBaseUnit(),
            "Metric of Quarkus: " + id.getName().replace('.', ' '),
            id.getType());
  }
}
