package io.podlab.demo.lifecycle;

import io.podlab.demo.accesslog.AccessLog;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** What a request is for, told by its path, its method and who asks. */
public enum RequestKind {
  LIVENESS_PROBE(Milestone.FIRST_LIVENESS_PROBE),
  READINESS_PROBE(Milestone.FIRST_READINESS_PROBE),
  STARTUP_PROBE(Milestone.FIRST_STARTUP_PROBE),
  /** Scrapes, hooks, faults, the timeline and what the page follows: what runs the demo. */
  OPERATION(null),
  /** All else: what the demo is about. Counted, waited for at the end, hit by faults. */
  REQUEST(Milestone.FIRST_REQUEST);

  private final Milestone first;

  RequestKind(Milestone first) {
    this.first = first;
  }

  /** Null where the first one is of no interest. */
  Milestone first() {
    return first;
  }

  /** The kubelet asks for probes only, whatever the path. */
  public static RequestKind of(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean asks = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    RequestKind kind = of(request.path(), asks);
    return kind == REQUEST && AccessLog.isProbe(request) ? OPERATION : kind;
  }

  /**
   * @param asks whether by GET or HEAD; who does something to a probe is none
   */
  static RequestKind of(String path, boolean asks) {
    RequestKind kind = of(path);
    return asks || kind == REQUEST ? kind : OPERATION;
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
