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

/** The clients that stream the history of a probe. */
@Singleton
class Followers {
  static final int MOST = 100;

  /** The service disconnects a client that falls this many probes behind; it can reconnect. */
  private static final int MOST_BUFFERED = 1000;

  private final Uptime uptime;
  private final Semaphore available = new Semaphore(MOST);
  private volatile boolean closed;
  private final Set<MultiEmitter<?>> open = ConcurrentHashMap.newKeySet();

  @Inject
  Followers(Uptime uptime) {
    this.uptime = uptime;
  }

  /**
   * Streams the recorded probes, then each further probe, in order and without duplicates.
   *
   * @param after the number of the last probe that the client already has; 0 for none
   * @param context of the request; its end makes room for another client
   * @throws ProblemException 503 if too many clients stream
   */
  Multi<SeenProbe> follow(Probe probe, long after, RoutingContext context) {
    if (closed) {
      throw new ProblemException(Problem.of(503, "the service is shutting down"));
    }
    if (!available.tryAcquire()) {
      throw new ProblemException(
          Problem.of(503, "too many streams (at most " + MOST + "); try again later"));
    }
    // Not context.addEndHandler, which the writer of server-sent events replaces.
    QuarkusRequestWrapper.get(context.request()).addRequestDoneHandler(done -> available.release());
    return Multi.createFrom()
        .<ProbeRequest>emitter(emitter -> begin(probe, emitter), MOST_BUFFERED)
        // The threads that answer probes only fill the buffer; other threads write to clients.
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
      // Probes that arrive now wait for the lock, so they follow these or are among them.
      probe.history().last().forEach(emitter::emit);
    }
  }

  /** Drops a probe that arrives after a newer one; two threads can report in reverse order. */
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

  /** Ends all streams, so that they do not delay the shutdown. */
  void stop(@Observes ShutdownDelayInitiatedEvent stopping) {
    closed = true;
    open.forEach(MultiEmitter::complete);
  }
}
