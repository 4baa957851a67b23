package io.podlab.demo.hooks;

import io.podlab.demo.health.Readiness;
import io.podlab.demo.lifecycle.Leaving;
import io.podlab.demo.lifecycle.Lifecycle;
import io.podlab.demo.lifecycle.Milestone;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The preStop hooks that wait. */
@Singleton
final class PreStops {
  static final int MOST = 100;

  private final Lifecycle lifecycle;
  private final Readiness readiness;
  private final Vertx vertx;
  private final Map<UniEmitter<? super PreStop>, PreStop> waiting = new ConcurrentHashMap<>();
  private volatile boolean leaving;

  PreStops(Lifecycle lifecycle, Readiness readiness, Vertx vertx) {
    this.lifecycle = lifecycle;
    this.readiness = readiness;
    this.vertx = vertx;
  }

  /**
   * Not ready from now on; holds no thread while it waits.
   *
   * @throws ProblemException 503 if 100 wait already
   */
  Uni<PreStop> begin(Duration delay) {
    if (waiting.size() >= MOST) {
      throw new ProblemException(
          Problem.of(503, MOST + " preStop hooks wait already; no more can"));
    }
    lifecycle.record(Milestone.PRE_STOP_BEGIN, GoDuration.format(delay));
    readiness.preStop();
    PreStop over = new PreStop(delay, false);
    if (delay.isZero()) {
      lifecycle.record(Milestone.PRE_STOP_END);
      return Uni.createFrom().item(over);
    }
    return Uni.createFrom()
        .emitter(
            emitter -> {
              waiting.put(emitter, over);
              long timer = vertx.setTimer(Math.max(1, delay.toMillis()), end -> end(emitter, over));
              emitter.onTermination(
                  () -> {
                    vertx.cancelTimer(timer);
                    if (waiting.remove(emitter) != null) {
                      lifecycle.record(Milestone.PRE_STOP_END, "the caller went away");
                    }
                  });
              if (leaving) {
                end(emitter, new PreStop(delay, true));
              }
            });
  }

  private void end(UniEmitter<? super PreStop> emitter, PreStop answer) {
    if (waiting.remove(emitter) != null) {
      lifecycle.record(
          Milestone.PRE_STOP_END, answer.stopped() ? "told to stop" : "the delay is over");
      emitter.complete(answer);
    }
  }

  void leave(@Observes Leaving signal) {
    leaving = true;
    Map.copyOf(waiting).forEach((emitter, hook) -> end(emitter, new PreStop(hook.delay(), true)));
  }
}
