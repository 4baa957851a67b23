package io.podlab.demo.faults;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.Refusal;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Requests that wait for the end of the fault hang. A waiting request does not occupy a thread. */
final class HangingRequests implements AutoCloseable {
  /** A limit for memory: each request can have a body of 64 KiB. */
  static final int MOST = 500;

  private final Semaphore room = new Semaphore(MOST);
  private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Answers 503 if 500 requests already wait. */
  void add(RoutingContext request) {
    if (!room.tryAcquire()) {
      Refusal.send(
          request,
          Problem.of(
              503,
              "too many requests wait (at most %d); DELETE /faults/hang ends the fault"
                  .formatted(MOST)),
          FaultsFilter.LABEL);
      return;
    }
    Refusal.hidePathUntilAnswered(request);
    Context thread = Vertx.currentContext();
    Runnable resume = () -> thread.runOnContext(over -> resume(request));
    waiting.add(resume);
    QuarkusRequestWrapper.get(request.request())
        .addRequestDoneHandler(clientGone -> remove(resume));
    if (closed) {
      close();
    }
  }

  private boolean remove(Runnable resume) {
    boolean waited = waiting.remove(resume);
    if (waited) {
      room.release();
    }
    return waited;
  }

  int size() {
    return waiting.size();
  }

  private static void resume(RoutingContext request) {
    if (!request.response().closed()) {
      request.next();
    }
  }

  @Override
  public void close() {
    closed = true;
    waiting.forEach(
        resume -> {
          if (remove(resume)) {
            resume.run();
          }
        });
  }
}
