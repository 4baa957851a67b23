package io.podlab.demo.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP metrics of {@code /}, with the labels that Quarkus gives those of all other paths. It is
 * left out there: finding the labels of each request costs more than the answer.
 */
@Singleton
final class RootMetrics {
  private static final int OK = 200;

  private final MeterRegistry meters;
  private final Timer usual;

  RootMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.usual = timer("GET", Outcome.SUCCESS.name(), Integer.toString(OK));
  }

  /**
   * @param complete false if the client went away before the answer was
   */
  void add(HttpServerRequest request, long nanos, boolean complete) {
    timer(request, complete).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(HttpServerRequest request, boolean complete) {
    if (!complete) {
      return timer(request.method().name(), Outcome.CLIENT_ERROR.name(), "RESET");
    }
    int status = request.response().getStatusCode();
    return status == OK && request.method() == HttpMethod.GET
        ? usual
        : timer(
            request.method().name(), Outcome.forStatus(status).name(), Integer.toString(status));
  }

  private Timer timer(String method, String outcome, String status) {
    return Timer.builder("http.server.requests")
        .tags(Tags.of("method", method, "outcome", outcome, "status", status, "uri", "/"))
        .register(meters);
  }
}
