package io.podlab.demo.health;

import io.podlab.demo.lifecycle.Lifecycle;
import io.podlab.demo.lifecycle.Milestone;
import io.podlab.demo.lifecycle.StopSignal;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides whether the pod is ready, for both {@code /readyz} and {@code /q/health/ready}. */
@Startup
@Singleton
public final class Readiness {
  /** Before answers announce the close: such an answer must not report the pod as ready. */
  private static final int FIRST = 1;

  /** Not a timer: ids of Vert.x start at 0. */
  private static final long NONE = -1;

  private final Clock clock;
  private final Lifecycle lifecycle;
  private final Vertx vertx;
  private volatile State state = new State(false, false, ProbeOverride.OK);
  private boolean ready = true;
  private long overrideTimer = NONE;

  Readiness(Clock clock, Lifecycle lifecycle, Vertx vertx) {
    this.clock = clock;
    this.lifecycle = lifecycle;
    this.vertx = vertx;
  }

  /** The stop comes first, because it is final. */
  record State(boolean stopping, boolean preStop, ProbeOverride override) {
    Optional<String> reason(Instant now) {
      if (stopping) {
        return Optional.of("shutting down");
      }
      return preStop ? Optional.of("a preStop hook has been called") : override.reason(now);
    }
  }

  /** Why the pod is not ready; empty if it is. */
  Optional<String> reason() {
    Optional<String> reason = state.reason(clock.instant());
    noteChange();
    return reason;
  }

  /** {@code ok} also cancels the effect of a preStop hook. */
  synchronized void set(String body) {
    Instant now = clock.instant();
    ProbeOverride override = ProbeOverride.parse(body, now);
    state = new State(state.stopping(), state.preStop() && override != ProbeOverride.OK, override);
    noteChange();
    vertx.cancelTimer(overrideTimer);
    overrideTimer = NONE;
    if (override.until().isBefore(Instant.MAX)) {
      long milliseconds = Duration.between(now, override.until()).toMillis();
      overrideTimer = vertx.setTimer(milliseconds + 1, over -> noteChange());
    }
  }

  /** Not ready from now on, because SIGTERM follows. */
  public synchronized void preStop() {
    state = new State(state.stopping(), true, state.override());
    noteChange();
  }

  synchronized void stop(@Observes @Priority(FIRST) StopSignal signal) {
    state = new State(true, state.preStop(), state.override());
    noteChange();
  }

  private synchronized void noteChange() {
    Optional<String> reason = state.reason(clock.instant());
    if (ready != reason.isEmpty()) {
      ready = reason.isEmpty();
      reason.ifPresentOrElse(
          why -> lifecycle.record(Milestone.NOT_READY, why),
          () -> lifecycle.record(Milestone.READY));
    }
  }
}
