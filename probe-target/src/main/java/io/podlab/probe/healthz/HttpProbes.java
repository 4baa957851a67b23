package io.podlab.probe.healthz;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.Refusal;
import io.podlab.probe.probe.Hanging;
import io.podlab.probe.probe.Mechanism;
import io.podlab.probe.probe.Probe;
import io.podlab.probe.probe.ProbeType;
import io.podlab.probe.probe.Probes;
import io.podlab.probe.probe.Visit;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/**
 * The answers that a kubelet waits for, byte for byte what agnhost's {@code liveness} gives
 * (kubernetes/test/images/agnhost/liveness/server.go). Given before the request comes to Quarkus
 * REST: that halves the cost, and a probe can be left unanswered.
 */
@Singleton
final class HttpProbes {
  /** Before all that is done to other requests. */
  private static final int FIRST = 5000;

  private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");
  private static final CharSequence METHODS = HttpHeaders.createOptimized("GET, HEAD");
  private static final Buffer OK = Buffer.buffer("ok");

  private final Map<String, Probe> byPath;
  private final Hanging hanging;

  @Inject
  HttpProbes(Probes probes, Hanging hanging) {
    this.byPath =
        Map.of(
            "/healthz", probes.get(ProbeType.LIVENESS),
            "/livez", probes.get(ProbeType.LIVENESS),
            "/readyz", probes.get(ProbeType.READINESS),
            "/startupz", probes.get(ProbeType.STARTUP));
    this.hanging = hanging;
  }

  void register(@Observes Filters filters) {
    filters.register(this::answer, FIRST);
  }

  private void answer(RoutingContext context) {
    HttpServerRequest request = context.request();
    Probe probe = byPath.get(request.path());
    if (probe == null) {
      context.next();
    } else if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      context.response().putHeader(HttpHeaders.ALLOW, METHODS);
      Refusal.send(context, Problem.of(405, request.path() + " is a probe: it takes GET and HEAD"));
    } else {
      answer(probe, request, context.response());
    }
  }

  private void answer(Probe probe, HttpServerRequest request, HttpServerResponse response) {
    Visit visit = probe.answer(Mechanism.HTTP, request.remoteAddress(), request.headers());
    switch (visit.answer()) {
      case OK -> ok(response);
      case FAIL ->
          response
              .setStatusCode(500)
              .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
              .end("error: " + GoSeconds.of(visit.elapsed()));
      case HANG -> hang(probe, visit, request, response);
      case DROP -> request.connection().close();
    }
  }

  private static void ok(HttpServerResponse response) {
    response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT).end(OK);
  }

  private void hang(
      Probe probe, Visit visit, HttpServerRequest request, HttpServerResponse response) {
    Runnable cut = () -> request.connection().close();
    Optional<Hanging.Held> held = hanging.hold(() -> ok(response), cut);
    if (held.isEmpty()) {
      cut.run();
      return;
    }
    response.closeHandler(
        gone -> {
          if (held.get().release()) {
            probe.left(visit);
          }
        });
  }
}
