package io.podlab.demo.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The HTTP metrics of {@code /}, with the same labels as Quarkus uses for all other paths. Quarkus
 * ignores this path, because finding the labels would cost more than the answer.
 */
@Singleton
final class RootMetrics {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final String ROOT = "/";

  /** The path and the label of a request that service-kit refuses before it looks at its path. */
  private static final String REFUSED = "/REFUSED";

  /** A target whose path Quarkus reads as {@code /}. */
  private static final Pattern ROOT_TARGET =
      Pattern.compile("([a-zA-Z]+://[^/?]*)?/*(\\?.*)?", Pattern.DOTALL);

  private final MeterRegistry meters;
  private final Timer usual;

  RootMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.usual = timer("GET", Outcome.SUCCESS.name(), Integer.toString(OK), ROOT);
  }

  /**
   * Measures a request if Quarkus does not.
   *
   * @param target the request target as the client sent it
   * @param complete false if the client disconnected before the answer was complete
   */
  void add(HttpServerRequest request, String target, long nanos, boolean complete) {
    if (isIgnoredByQuarkus(request, target, complete)) {
      timer(request, complete).record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Quarkus sees the root in the target, or in the label that the answer to another path gets. */
  private static boolean isIgnoredByQuarkus(
      HttpServerRequest request, String target, boolean complete) {
    String path = request.path();
    boolean root = path.equals(ROOT);
    return root && complete && request.response().getStatusCode() < BAD_REQUEST
        || (root || path.equals(REFUSED)) && ROOT_TARGET.matcher(target).matches();
  }

  private Timer timer(HttpServerRequest request, boolean complete) {
    String path = request.path();
    if (!complete) {
      return timer(request.method().name(), Outcome.CLIENT_ERROR.name(), "RESET", path);
    }
    int status = request.response().getStatusCode();
    return status == OK && request.method() == HttpMethod.GET
        ? usual
        : timer(
            request.method().name(),
            Outcome.forStatus(status).name(),
            Integer.toString(status),
            path);
  }

  private Timer timer(String method, String outcome, String status, String uri) {
    return Timer.builder("http.server.requests")
        .tags(Tags.of("method", method, "outcome", outcome, "status", status, "uri", uri))
        .register(meters);
  }
}
