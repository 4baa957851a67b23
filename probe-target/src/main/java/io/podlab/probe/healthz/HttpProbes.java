package io.podlab.probe.healthz;

import io.podlab.kit.http.Refusal;
import io.podlab.probe.answer.HangingProbes;
import io.podlab.probe.answer.Mechanism;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeRequest;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
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
 * Answers HTTP probes byte for byte as agnhost's {@code liveness} does
 * (kubernetes/test/images/agnhost/liveness/server.go). It runs before Quarkus REST, which halves
 * the cost and makes it possible not to answer.
 */
@Singleton
final class HttpProbes {
  /** After RequestTargetFilter, before all other filters. */
  private static final int FIRST = 5000;

  private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");

  private static final Buffer OK = Buffer.buffer("ok");

  private final Map<String, Probe> byPath;
  private final HangingProbes hanging;

  @Inject
  HttpProbes(Probes probes, HangingProbes hanging) {
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
    // HEAD is a probe too: it is counted, recorded, and decrements failNext.
    if (probe != null
        && (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD)) {
      answer(probe, request, context.response());
    } else {
      context.next();
    }
  }

  private void answer(Probe probe, HttpServerRequest request, HttpServerResponse response) {
    ProbeRequest probed = probe.answer(Mechanism.HTTP, request.remoteAddress(), request.headers());
    switch (probed.answer()) {
      case OK -> ok(response);
      case FAIL ->
          response
              .setStatusCode(500)
              .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
              .end("error: " + GoSeconds.of(probed.elapsed()));
      case HANG -> hang(probe, probed, request, response);
      case DROP -> Refusal.cut(request);
    }
  }

  private static void ok(HttpServerResponse response) {
    response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT).end(OK);
  }

  private void hang(
      Probe probe, ProbeRequest probed, HttpServerRequest request, HttpServerResponse response) {
    Runnable cut = () -> Refusal.cut(request);
    Optional<HangingProbes.Pending> pending = hanging.hold(() -> ok(response), cut);
    if (pending.isEmpty()) {
      cut.run();
      return;
    }
    response.closeHandler(
        gone -> {
          if (pending.get().release()) {
            probe.left(probed);
          }
        });
  }
}
