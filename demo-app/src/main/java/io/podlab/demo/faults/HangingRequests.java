package io.podlab.demo.faults;

import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Requests that wait for a fault to end. They hold no thread. */
final class HangingRequests implements AutoCloseable {
  private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  void add(RoutingContext request) {
    Context thread = Vertx.currentContext();
    Runnable goOn = () -> thread.runOnContext(over -> goOn(request));
    waiting.add(goOn);
    QuarkusRequestWrapper.get(request.request())
        .addRequestDoneHandler(clientGone -> waiting.remove(goOn));
    if (closed) {
      close();
    }
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
          if (waiting.remove(goOn)) {
            goOn.run();
          }
        });
  }
}
