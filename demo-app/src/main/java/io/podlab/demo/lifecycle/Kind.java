package io.podlab.demo.lifecycle;

/** What a request is for, told by its path. */
public enum Kind {
  LIVENESS_PROBE(Milestone.FIRST_LIVENESS_PROBE),
  READINESS_PROBE(Milestone.FIRST_READINESS_PROBE),
  STARTUP_PROBE(Milestone.FIRST_STARTUP_PROBE),
  /** Scrapes, hooks, faults, the timeline and what the page follows: what runs the demo. */
  OPERATION(null),
  /** All else: what the demo is about. Counted, waited for at the end, hit by faults. */
  REQUEST(Milestone.FIRST_REQUEST);

  private final Milestone first;

  Kind(Milestone first) {
    this.first = first;
  }

  /** Null where the first one is of no interest. */
  Milestone first() {
    return first;
  }

  public static Kind of(String path) {
    return switch (path) {
      case "/" -> REQUEST;
      case "/healthz", "/livez", "/q/health/live" -> LIVENESS_PROBE;
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
