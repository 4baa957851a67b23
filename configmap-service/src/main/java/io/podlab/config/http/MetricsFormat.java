package io.podlab.config.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * {@code /metrics} in the format that was asked for: OpenMetrics for a client that names it, and
 * Prometheus text for any other. Quarkus takes the header word by word: it gives OpenMetrics to
 * curl, text to a Prometheus that would rather have OpenMetrics, and refuses every version but one.
 */
final class MetricsFormat {
  /** Before RequestHeaders, which knows text and JSON only. */
  private static final int FIRST = 1200;

  private static final String PATH = "/metrics";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  void register(@Observes Filters filters) {
    filters.register(MetricsFormat::choose, FIRST);
  }

  private static void choose(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (PATH.equals(request.path())) {
      String accept = request.getHeader(HttpHeaders.ACCEPT);
      boolean openMetrics = accept != null && accept.contains("application/openmetrics-text");
      request.headers().set(HttpHeaders.ACCEPT, openMetrics ? OPEN_METRICS : "text/plain");
    }
    context.next();
  }
}
