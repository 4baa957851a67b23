package io.podlab.probe.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers a body that is declared too long with a {@link Problem}. Quarkus enforces the same limit,
 * on bodies of undeclared length too, but says nothing with its 413.
 */
final class BodyLimit {
  /** Before anything else looks at the request. */
  private static final int FIRST = 1000;

  void register(
      @Observes Filters filters,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    filters.register(context -> check(context, limit.asLongValue()), FIRST);
  }

  private static void check(RoutingContext context, long limit) {
    if (declaredLength(context) <= limit) {
      context.next();
      return;
    }
    Problem problem = Problem.of(413, "the body is longer than %d bytes".formatted(limit));
    boolean asJson = Problem.asJson(context.request().getHeader(HttpHeaders.ACCEPT));
    // Closing before the client has sent all would discard the answer with a reset; what it still
    // sends is read and dropped.
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, asJson ? Problem.JSON : "text/plain;charset=UTF-8")
        .end(asJson ? JsonObject.mapFrom(problem).encode() : problem.plainText());
  }

  private static long declaredLength(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException notANumber) {
      return Long.MAX_VALUE;
    }
  }
}
