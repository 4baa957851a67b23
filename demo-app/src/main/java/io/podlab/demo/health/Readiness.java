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

/** Whether traffic is welcome, for {@code /readyz} and {@code /q/health/ready} alike. */
@Startup
@Singleton
public final class Readiness {
  /** Before answers begin to say goodbye: who is sent away must not hear that this one is ready. */
  private static final int FIRST = 1;

  /** Vert.x counts its timers from 0. */
  private static final long NONE = -1;

  private final Clock clock;
  private final Lifecycle lifecycle;
  private final Vertx vertx;
  private volatile State state = new State(false, false, ProbeOrder.OK);
  private boolean ready = true;
  private long endOfOrder = NONE;

  Readiness(Clock clock, Lifecycle lifecycle, Vertx vertx) {
    this.clock = clock;
    this.lifecycle = lifecycle;
    this.vertx = vertx;
  }

  /** What counts most is said first: who leaves does not come back. */
  record State(boolean leaving, boolean preStop, ProbeOrder told) {
    Optional<String> reason(Instant now) {
      if (leaving) {
        return Optional.of("shutting down");
      }
      return preStop ? Optional.of("a preStop hook has been called") : told.reason(now);
    }
  }

  /** Why traffic is not welcome; empty if it is. */
  Optional<String> reason() {
    Optional<String> reason = state.reason(clock.instant());
    noteChange();
    return reason;
  }

  /** {@code ok} calls a preStop hook off, too: nothing else does but the end. */
  synchronized void tell(String order) {
    Instant now = clock.instant();
    ProbeOrder told = ProbeOrder.parse(order, now);
    state = new State(state.leaving(), state.preStop() && told != ProbeOrder.OK, told);
    noteChange();
    vertx.cancelTimer(endOfOrder);
    endOfOrder = NONE;
    if (told.until().isBefore(Instant.MAX)) {
      long milliseconds = Duration.between(now, told.until()).toMillis();
      endOfOrder = vertx.setTimer(milliseconds + 1, over -> noteChange());
    }
  }

  /** Not ready from now on: SIGTERM follows. */
  public synchronized void preStop() {
    state = new State(state.leaving(), true, state.told());
    noteChange();
  }

  synchronized void leave(@Observes @Priority(FIRST) StopSignal signal) {
    state = new State(true, state.preStop(), state.told());
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
