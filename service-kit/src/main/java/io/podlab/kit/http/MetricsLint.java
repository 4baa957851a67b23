package io.podlab.kit.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes the metrics of the libraries pass {@code promtool check metrics}, and keeps values that a
 * client chooses out of their labels, where each new value would add a time series.
 */
final class MetricsLint implements MeterFilter {
  /**
   * These break the naming rules, and other metrics have the same information: process_cpu_usage,
   * the container's limits, http_server_active_connections, lab_demo_websockets.
   */
  private static final Set<String> DENIED =
      Set.of(
          "process.cpu.time",
          "system.cpu.count",
          "http.server.connections",
          "http.server.websocket.connections");

  private static final Pattern TEMPLATE =
      Pattern.compile("([A-Za-z0-9_./*-]|\\{\\w+(: ?\\.[+*])?})*");

  /** A path parameter whose expression excludes some words, as {@code {id: (?!a|b)[^/]+}}. */
  private static final Pattern EXCLUDING_PARAMETER =
      Pattern.compile("\\{(\\w+): ?\\(\\?![^{}]*\\)\\[\\^/]\\+}");

  /** RFC 9110 and RFC 5789. A client can send any other method name, a new one each time. */
  private static final Set<String> METHODS =
      Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

  private static final Map<String, String> DESCRIPTIONS =
      Map.of("http.server.active.requests", "Number of HTTP requests in progress");

  @Produces
  @Singleton
  MeterFilter filter() {
    return new MetricsLint();
  }

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    return DENIED.contains(id.getName()) || Refusal.ANSWERED.equals(id.getTag("uri"))
        ? MeterFilterReply.DENY
        : MeterFilterReply.NEUTRAL;
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    return described(withKnownMethod(withTemplate(id)));
  }

  /** Replaces a path that is not a template, such as the path of a request that Vert.x rejects. */
  private static Meter.Id withTemplate(Meter.Id id) {
    String uri = id.getTag("uri");
    if (Refusal.NOT_FOUND.equals(uri)) {
      return id.withTag(Tag.of("uri", "NOT_FOUND"));
    }
    if (uri == null) {
      return id;
    }
    String template = EXCLUDING_PARAMETER.matcher(uri).replaceAll("{$1}");
    String label = TEMPLATE.matcher(template).matches() ? template : "/REFUSED";
    return label.equals(uri) ? id : id.withTag(Tag.of("uri", label));
  }

  private static Meter.Id withKnownMethod(Meter.Id id) {
    String method = id.getTag("method");
    return method == null || METHODS.contains(method) ? id : id.withTag(Tag.of("method", "OTHER"));
  }

  /** Adds a HELP text to a metric without one. */
  private static Meter.Id described(Meter.Id id) {
    return id.getDescription() != null
        ? id
        : new Meter.Id(
            id.getName(),
            Tags.of(id.getTags()),
            id.getBaseUnit(),
            DESCRIPTIONS.getOrDefault(
                id.getName(), "Metric without a description: " + id.getName().replace('.', ' ')),
            id.getType());
  }
}
