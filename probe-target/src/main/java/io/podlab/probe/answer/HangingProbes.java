package io.podlab.probe.answer;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Delays answers to clients in state {@code hang}, with a timer instead of a thread for each. */
@Singleton
public class HangingProbes {
  /** Each connection needs about 20 KB of the 256 MiB that the Deployment has. */
  static final int MOST = 2000;

  private final Vertx vertx;
  private final long milliseconds;
  private final Semaphore available = new Semaphore(MOST);
  private final Set<Pending> pendings = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  @Inject
  public HangingProbes(Vertx vertx, ProbeConfig config) {
    this.vertx = vertx;
    this.milliseconds = config.hang().toMillis();
  }

  /** A client that waits for its answer. */
  public final class Pending {
    private final Context context = vertx.getOrCreateContext();
    private final Runnable cut;
    private final long timer;

    private Pending(Runnable late, Runnable cut) {
      this.cut = cut;
      this.timer =
          vertx.setTimer(
              milliseconds,
              fired -> {
                if (end()) {
                  late.run();
                }
              });
    }

    /** Cancels both callbacks, because the client has disconnected. */
    public boolean release() {
      vertx.cancelTimer(timer);
      return end();
    }

    /** Whether this call, not an earlier one, ended the wait. */
    private boolean end() {
      boolean ended = pendings.remove(this);
      if (ended) {
        available.release();
      }
      return ended;
    }

    private void cut() {
      if (release()) {
        context.runOnContext(now -> cut.run());
      }
    }
  }

  /**
   * Keeps a client waiting. Both callbacks run on the event loop of the caller.
   *
   * @param late sends the answer after {@code LAB_PROBE_HANG}
   * @param cut closes the connection when the process stops
   * @return empty, without callbacks, if {@value #MOST} clients already wait
   */
  public Optional<Pending> hold(Runnable late, Runnable cut) {
    if (closed || !available.tryAcquire()) {
      return Optional.empty();
    }
    Pending one = new Pending(late, cut);
    pendings.add(one);
    if (closed) {
      one.cut();
    }
    return Optional.of(one);
  }

  public int size() {
    return pendings.size();
  }

  /** Closes all connections, so that waiting clients do not delay the shutdown. */
  void stop(@Observes ShutdownDelayInitiatedEvent stopping) {
    closed = true;
    pendings.forEach(Pending::cut);
  }
}
