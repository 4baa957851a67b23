package io.podlab.demo.lifecycle;

import io.podlab.demo.accesslog.AccessLog;
import io.podlab.kit.http.OriginalRequest;
import io.podlab.kit.http.Refusal;
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
 * Reports each request to the timeline, the access log and the metrics. While the process stops, it
 * adds {@code Connection: close} to answers, or sends GOAWAY with HTTP/2, so that clients connect
 * to another pod.
 */
@Singleton
final class TrafficFilter {
  /** Before all other filters, so that refused requests are counted, too. */
  private static final int FIRST = 6000;

  private static final long NO_ERROR = 0;

  /** Accepts the requests that the client has sent before it sees the announcement. */
  private static final int ALL_STREAMS = Integer.MAX_VALUE;

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
    // Not context.addEndHandler: a handler for the close of the connection would replace it.
    QuarkusRequestWrapper.get(request)
        .addRequestDoneHandler(
            done -> ended(kind, context, target, client, System.nanoTime() - begin));
    context.addHeadersEndHandler(headers -> announceClose(context));
    context.next();
  }

  private void noteFirst(RequestKind kind) {
    AtomicBoolean one = seen[kind.ordinal()];
    if (!one.get() && kind.first() != null && one.compareAndSet(false, true)) {
      lifecycle.record(kind.first());
    }
  }

  /** As late as possible, so that requests in flight at the signal get the header, too. */
  private void announceClose(RoutingContext context) {
    if (traffic.isStopping() && !Refusal.isStream(context.request())) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  /** False if the headers were sent before the signal: that client keeps its connection. */
  private static boolean isCloseAnnounced(RoutingContext context) {
    return context.response().headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true);
  }

  private void ended(
      RequestKind kind, RoutingContext context, String target, SocketAddress client, long nanos) {
    boolean complete = context.response().ended();
    if (kind == RequestKind.REQUEST) {
      // First, so that a fault of the others cannot keep the request in flight.
      traffic.ended(complete);
    }
    accessLog.add(context.request(), target, client, nanos, complete);
    rootMetrics.add(context.request(), target, nanos, complete);
    if (kind == RequestKind.REQUEST) {
      lastRequests.add(context.request(), target, client, complete);
    }
    if (isCloseAnnounced(context)) {
      context.request().connection().close();
    } else if (traffic.isStopping() && Refusal.isStream(context.request())) {
      // After the answer: some clients close the connection when they receive GOAWAY.
      context.request().connection().goAway(NO_ERROR, ALL_STREAMS);
    }
  }
}
