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

/** The probers that are kept waiting: a timer each, and no thread. */
@Singleton
public class HangingProbes {
  /** Their connections take about 20 KB each, of the 256 MiB that the Deployment gives. */
  static final int MOST = 2000;

  private final Vertx vertx;
  private final long milliseconds;
  private final Semaphore left = new Semaphore(MOST);
  private final Set<Pending> held = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  @Inject
  public HangingProbes(Vertx vertx, ProbeConfig config) {
    this.vertx = vertx;
    this.milliseconds = config.hang().toMillis();
  }

  /** One of them. */
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

    /** The prober has left; neither callback comes any more. */
    public boolean release() {
      vertx.cancelTimer(timer);
      return end();
    }

    /** Whether this call has ended it. */
    private boolean end() {
      boolean ended = held.remove(this);
      if (ended) {
        left.release();
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
   * Keeps a prober waiting. Both callbacks come on the event loop that this is called on.
   *
   * @param late answers it, after {@code LAB_PROBE_HANG}
   * @param cut ends its connection, when this process is told to stop
   * @return empty, and no callback, if too many are waiting already
   */
  public Optional<Pending> hold(Runnable late, Runnable cut) {
    if (closed || !left.tryAcquire()) {
      return Optional.empty();
    }
    Pending one = new Pending(late, cut);
    held.add(one);
    if (closed) {
      one.cut();
    }
    return Optional.of(one);
  }

  public int size() {
    return held.size();
  }

  /** No one who waits holds up the end. */
  void stop(@Observes ShutdownDelayInitiatedEvent stopping) {
    closed = true;
    held.forEach(Pending::cut);
  }
}
