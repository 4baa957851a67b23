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

/** Those who are told each next state; none of them holds a thread. */
final class Followers<T> {
  static final int MOST = 1000;

  private final Set<MultiEmitter<? super T>> emitters = new HashSet<>();

  /** Those of them that take one of the {@value #MOST} places. */
  private final Set<MultiEmitter<? super T>> waiting = new HashSet<>();

  private boolean ended;

  /**
   * The present state, then each next one; a slow reader gets only the newest of them. There is no
   * bound on how many follow: the caller has one.
   */
  Multi<T> follow(Supplier<T> present) {
    return Multi.createFrom()
        .emitter(emitter -> add(emitter, present), BackPressureStrategy.LATEST);
  }

  /** The same, for a client that waits. It fails with 503 if {@value #MOST} wait already. */
  Multi<T> await(Supplier<T> present) {
    return Multi.createFrom()
        .emitter(emitter -> addWaiting(emitter, present), BackPressureStrategy.LATEST);
  }

  private synchronized void addWaiting(MultiEmitter<? super T> emitter, Supplier<T> present) {
    if (waiting.size() == MOST) {
      emitter.fail(
          new ProblemException(
              Problem.of(503, MOST + " wait for the next revision already; no more can")));
    } else {
      waiting.add(emitter);
      add(emitter, present);
    }
  }

  private synchronized void add(MultiEmitter<? super T> emitter, Supplier<T> present) {
    emitters.add(emitter);
    emitter.onTermination(() -> remove(emitter));
    emitter.emit(present.get());
    if (ended) {
      emitter.complete();
    }
  }

  private synchronized void remove(MultiEmitter<? super T> emitter) {
    emitters.remove(emitter);
    waiting.remove(emitter);
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
