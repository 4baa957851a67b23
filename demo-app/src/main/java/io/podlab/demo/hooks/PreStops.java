package io.podlab.demo.hooks;

import io.podlab.demo.health.Readiness;
import io.podlab.demo.lifecycle.Lifecycle;
import io.podlab.demo.lifecycle.Milestone;
import io.podlab.demo.lifecycle.StopSignal;
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
import java.util.concurrent.Semaphore;

/** The preStop hooks whose delay has not ended. */
@Singleton
final class PreStops {
  static final int MOST = 100;

  private final Lifecycle lifecycle;
  private final Readiness readiness;
  private final Vertx vertx;
  private final Map<UniEmitter<? super PreStop>, PreStop> waiting = new ConcurrentHashMap<>();
  private final Semaphore room = new Semaphore(MOST);
  private volatile boolean stopping;

  PreStops(Lifecycle lifecycle, Readiness readiness, Vertx vertx) {
    this.lifecycle = lifecycle;
    this.readiness = readiness;
    this.vertx = vertx;
  }

  /**
   * Makes the pod not ready and waits, without a waiting thread.
   *
   * @throws ProblemException 503 if 100 hooks already wait
   */
  Uni<PreStop> begin(Duration delay) {
    if (!room.tryAcquire()) {
      throw new ProblemException(
          Problem.of(
              503, "too many preStop hooks wait (at most %d); try again later".formatted(MOST)));
    }
    lifecycle.record(Milestone.PRE_STOP_BEGIN, GoDuration.format(delay));
    readiness.preStop();
    PreStop over = new PreStop(delay, false);
    if (delay.isZero()) {
      room.release();
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
                    room.release();
                    if (waiting.remove(emitter) != null) {
                      lifecycle.record(Milestone.PRE_STOP_END, "the caller disconnected");
                    }
                  });
              if (stopping) {
                end(emitter, new PreStop(delay, true));
              }
            });
  }

  private void end(UniEmitter<? super PreStop> emitter, PreStop answer) {
    if (waiting.remove(emitter) != null) {
      lifecycle.record(
          Milestone.PRE_STOP_END, answer.stopped() ? "the process stops" : "the delay is over");
      emitter.complete(answer);
    }
  }

  void stop(@Observes StopSignal signal) {
    stopping = true;
    Map.copyOf(waiting).forEach((emitter, hook) -> end(emitter, new PreStop(hook.delay(), true)));
  }
}
