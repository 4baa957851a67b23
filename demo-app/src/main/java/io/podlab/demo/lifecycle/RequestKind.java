package io.podlab.demo.lifecycle;

import io.podlab.demo.accesslog.AccessLog;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** The purpose of a request, derived from its path, method and user agent. */
public enum RequestKind {
  LIVENESS_PROBE(Milestone.FIRST_LIVENESS_PROBE),
  READINESS_PROBE(Milestone.FIRST_READINESS_PROBE),
  STARTUP_PROBE(Milestone.FIRST_STARTUP_PROBE),
  /**
   * Requests that operate the demo: scrapes, hooks, faults, the timeline and the stream of the
   * page.
   */
  OPERATION(null),
  /** All other requests. They are counted, drained at the end, and affected by faults. */
  REQUEST(Milestone.FIRST_REQUEST);

  private final Milestone first;

  RequestKind(Milestone first) {
    this.first = first;
  }

  /** The event for the first request of this kind; null if there is none. */
  Milestone first() {
    return first;
  }

  /** A request from the kubelet is a probe, with any path. */
  public static RequestKind of(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    RequestKind kind = of(request.path(), reads);
    return kind == REQUEST && AccessLog.isProbe(request) ? OPERATION : kind;
  }

  /**
   * @param reads whether the method is GET or HEAD; another method on a probe's path is not a probe
   */
  static RequestKind of(String path, boolean reads) {
    RequestKind kind = of(path);
    return reads || kind == REQUEST ? kind : OPERATION;
  }

  private static RequestKind of(String path) {
    return switch (path) {
      case "/" -> REQUEST;
      case "/healthz", "/q/health/live" -> LIVENESS_PROBE;
      case "/readyz", "/q/health/ready" -> READINESS_PROBE;
      case "/q/health/started" -> STARTUP_PROBE;
      case "/metrics", "/lifecycle", "/faults", "/page/events" -> OPERATION;
      default ->
          path.startsWith("/q/") || path.startsWith("/hooks/") || path.startsWith("/faults/")
              ? OPERATION
              : REQUEST;
    };
  }
}
