package io.podlab.demo.lifecycle;

import io.podlab.demo.accesslog.AccessLog;
import io.podlab.kit.http.OriginalRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Tells the timeline and the access log of each request, and each client of a process that leaves
 * to go elsewhere.
 */
@Singleton
final class TrafficFilter {
  /** Before all others: a request that is refused was one. */
  private static final int FIRST = 6000;

  private final Lifecycle lifecycle;
  private final Traffic traffic;
  private final LastRequests lastRequests;
  private final AccessLog accessLog;
  private final RootMetrics rootMetrics;
  private final AtomicBoolean[] seen =
      Stream.generate(AtomicBoolean::new)
          .limit(RequestKind.values().length)
          .toArray(AtomicBoolean[]::new);

  TrafficFilter(
      Lifecycle lifecycle,
      Traffic traffic,
      LastRequests lastRequests,
      AccessLog accessLog,
      RootMetrics rootMetrics) {
    this.lifecycle = lifecycle;
    this.traffic = traffic;
    this.lastRequests = lastRequests;
    this.accessLog = accessLog;
    this.rootMetrics = rootMetrics;
  }

  void register(@Observes Filters filters) {
    filters.register(this::note, FIRST);
  }

  private void note(RoutingContext context) {
    HttpServerRequest request = context.request();
    RequestKind kind = RequestKind.of(context);
    noteFirst(kind);
    if (kind == RequestKind.REQUEST) {
      traffic.began();
    }
    SocketAddress client = request.remoteAddress();
    String target = OriginalRequest.target(context);
    long begin = System.nanoTime();
    // Not context.addEndHandler: who listens for the closing of a connection takes its place.
    QuarkusRequestWrapper.get(request)
        .addRequestDoneHandler(
            done -> ended(kind, context, target, client, System.nanoTime() - begin));
    context.addHeadersEndHandler(headers -> sayGoodbye(context));
    context.next();
  }

  private void noteFirst(RequestKind kind) {
    AtomicBoolean one = seen[kind.ordinal()];
    if (!one.get() && kind.first() != null && one.compareAndSet(false, true)) {
      lifecycle.record(kind.first());
    }
  }

  /** As late as can be: a request that was in flight when the signal came is told, too. */
  private void sayGoodbye(RoutingContext context) {
    if (traffic.isLeaving()) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  /** The signal may have come after the headers: that client still counts on its connection. */
  private static boolean hasSaidGoodbye(RoutingContext context) {
    return context.response().headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true);
  }

  private void ended(
      RequestKind kind, RoutingContext context, String target, SocketAddress client, long nanos) {
    boolean complete = context.response().ended();
    accessLog.add(context.request(), target, client, nanos, complete);
    if (context.request().path().equals("/")) {
      rootMetrics.add(context.request(), nanos, complete);
    }
    if (kind == RequestKind.REQUEST) {
      traffic.ended(complete);
      lastRequests.add(context.request(), target, client, complete);
    }
    if (hasSaidGoodbye(context)) {
      context.request().connection().close();
    }
  }
}
