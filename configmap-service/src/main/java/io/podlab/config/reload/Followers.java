package io.podlab.config.reload;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Those who wait for the next state; bounded, and none of them holds a thread. */
final class Followers<T> {
  static final int MOST = 1000;

  private final Set<MultiEmitter<? super T>> emitters = new HashSet<>();
  private boolean ended;

  /**
   * The present state, then each next one; to one who reads late only the newest of them. It fails
   * with 503 if 1000 follow already.
   */
  Multi<T> follow(Supplier<T> present) {
    return Multi.createFrom()
        .emitter(emitter -> add(emitter, present), BackPressureStrategy.LATEST);
  }

  private synchronized void add(MultiEmitter<? super T> emitter, Supplier<T> present) {
    if (emitters.size() == MOST) {
      emitter.fail(
          new ProblemException(
              Problem.of(503, MOST + " wait for the next revision already; no more can")));
      return;
    }
    emitter.emit(present.get());
    if (ended) {
      emitter.complete();
      return;
    }
    emitters.add(emitter);
    emitter.onTermination(() -> remove(emitter));
  }

  private synchronized void remove(MultiEmitter<? super T> emitter) {
    emitters.remove(emitter);
  }

  synchronized void tell(T state) {
    List.copyOf(emitters).forEach(emitter -> emitter.emit(state));
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** No more is to come: what is open ends, so that it holds up no shutdown. */
  synchronized void end() {
    ended = true;
    List.copyOf(emitters).forEach(MultiEmitter::complete);
  }
}
