package io.podlab.probe.control;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeRequest;
import io.podlab.probe.answer.Uptime;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.BackPressureFailure;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Those who watch probes come in. */
@Singleton
class Followers {
  static final int MOST = 100;

  /** One who reads slower than this many probes come is sent away, and can come back. */
  private static final int MOST_BUFFERED = 1000;

  private final Uptime uptime;
  private final Semaphore left = new Semaphore(MOST);
  private volatile boolean closed;
  private final Set<MultiEmitter<?>> open = ConcurrentHashMap.newKeySet();

  @Inject
  Followers(Uptime uptime) {
    this.uptime = uptime;
  }

  /**
   * The probes that are kept, then each as it comes, in order and none twice.
   *
   * @param after the number of the last one that is known already; 0 for none
   * @param context of the request, whose end makes room for another
   * @throws ProblemException 503 if too many follow
   */
  Multi<SeenProbe> follow(Probe probe, long after, RoutingContext context) {
    if (closed) {
      throw new ProblemException(Problem.of(503, "shutting down"));
    }
    if (!left.tryAcquire()) {
      throw new ProblemException(
          Problem.of(503, MOST + " clients follow already; try again later"));
    }
    // Not context.addEndHandler: the writer of server-sent events takes its place.
    QuarkusRequestWrapper.get(context.request()).addRequestDoneHandler(done -> left.release());
    return Multi.createFrom()
        .<ProbeRequest>emitter(emitter -> begin(probe, emitter), MOST_BUFFERED)
        // On other threads than those that answer probes, which only put into the buffer.
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .onFailure(BackPressureFailure.class)
        .recoverWithCompletion()
        .filter(new Newer(after)::test)
        .map(request -> SeenProbe.of(request, uptime));
  }

  private void begin(Probe probe, MultiEmitter<? super ProbeRequest> emitter) {
    open.add(emitter);
    Object order = new Object();
    synchronized (order) {
      Runnable end =
          probe
              .history()
              .follow(
                  request -> {
                    synchronized (order) {
                      emitter.emit(request);
                    }
                  });
      if (closed) {
        emitter.complete();
      }
      emitter.onTermination(
          () -> {
            open.remove(emitter);
            end.run();
          });
      // Those that come meanwhile wait, and are among these or after them.
      probe.history().last().forEach(emitter::emit);
    }
  }

  /** Two threads may tell of their probes in the other order; the later one stands for both. */
  private static final class Newer {
    private long last;

    Newer(long after) {
      this.last = after;
    }

    boolean test(ProbeRequest request) {
      boolean newer = request.number() > last;
      last = Math.max(last, request.number());
      return newer;
    }
  }

  /** No one who follows holds up the end. */
  void stop(@Observes ShutdownDelayInitiatedEvent stopping) {
    closed = true;
    open.forEach(MultiEmitter::complete);
  }
}
