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

/** Requests that wait for a fault to end. They hold no thread. */
final class HangingRequests implements AutoCloseable {
  /** Each may have a body of 64 KiB. */
  static final int MOST = 500;

  private final Semaphore room = new Semaphore(MOST);
  private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Answers 503 if 500 wait already. */
  void add(RoutingContext request) {
    if (!room.tryAcquire()) {
      Refusal.send(
          request,
          Problem.of(503, MOST + " requests hang already: DELETE /faults/hang ends it"),
          FaultsFilter.LABEL);
      return;
    }
    Refusal.hidePathUntilAnswered(request);
    Context thread = Vertx.currentContext();
    Runnable goOn = () -> thread.runOnContext(over -> goOn(request));
    waiting.add(goOn);
    QuarkusRequestWrapper.get(request.request()).addRequestDoneHandler(clientGone -> remove(goOn));
    if (closed) {
      close();
    }
  }

  private boolean remove(Runnable goOn) {
    boolean waited = waiting.remove(goOn);
    if (waited) {
      room.release();
    }
    return waited;
  }

  int size() {
    return waiting.size();
  }

  private static void goOn(RoutingContext request) {
    if (!request.response().closed()) {
      request.next();
    }
  }

  @Override
  public void close() {
    closed = true;
    waiting.forEach(
        goOn -> {
          if (remove(goOn)) {
            goOn.run();
          }
        });
  }
}
