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

/** The clients that wait for a state or follow all states. A client needs no thread. */
final class Subscribers<T> {
  static final int MOST = 1000;

  private final Set<MultiEmitter<? super T>> emitters = new HashSet<>();

  /** The waiting clients, at most {@value #MOST}. */
  private final Set<MultiEmitter<? super T>> waiting = new HashSet<>();

  private boolean ended;

  /**
   * The current state, then each next one. A slow client gets only the newest state. The caller
   * limits the number of such clients.
   */
  Multi<T> follow(Supplier<T> current) {
    return Multi.createFrom()
        .emitter(emitter -> add(emitter, current), BackPressureStrategy.LATEST);
  }

  /** As {@link #follow}, for a waiting client. Fails with 503 if {@value #MOST} clients wait. */
  Multi<T> await(Supplier<T> current) {
    return Multi.createFrom()
        .emitter(emitter -> addWaiting(emitter, current), BackPressureStrategy.LATEST);
  }

  private synchronized void addWaiting(MultiEmitter<? super T> emitter, Supplier<T> current) {
    if (waiting.size() == MOST) {
      emitter.fail(
          new ProblemException(
              Problem.of(
                  503,
                  "too many clients wait for a revision (at most %,d); try again later"
                      .formatted(MOST))));
    } else {
      waiting.add(emitter);
      add(emitter, current);
    }
  }

  private synchronized void add(MultiEmitter<? super T> emitter, Supplier<T> current) {
    emitters.add(emitter);
    emitter.onTermination(() -> remove(emitter));
    emitter.emit(current.get());
    if (ended) {
      emitter.complete();
    }
  }

  private synchronized void remove(MultiEmitter<? super T> emitter) {
    emitters.remove(emitter);
    waiting.remove(emitter);
  }

  synchronized void publish(T state) {
    List.copyOf(emitters).forEach(emitter -> emitter.emit(state));
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** Completes all clients, so that they do not delay the shutdown. */
  synchronized void end() {
    ended = true;
    List.copyOf(emitters).forEach(MultiEmitter::complete);
  }
}
