package io.podlab.kit.http;

import io.quarkus.arc.DefaultBean;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Replaces the target of each request with its {@linkplain RequestTarget normal form}, without the
 * {@linkplain PathPrefix prefix} of the service, before other filters and resources see it. A
 * request without a path, or without exactly one valid {@code Host} header, is refused late, so
 * that the filters that record requests see it too.
 */
@Singleton
final class RequestTargetFilter {
  /** Before all filters. */
  private static final int FIRST = -10_000;

  /** After the filters that record requests, before those that read them. */
  private static final int REFUSAL = -1_200;

  private static final String REFUSED = "/REFUSED";
  private static final String PROBLEM = RequestTargetFilter.class.getName();

  private static final Problem NO_PATH =
      Problem.badField(
          "request target", "it is not a path", "a path such as /healthz or an http:// URL");
  private static final Problem NO_HOST =
      Problem.badField(
          "Host", "it is missing, repeated or not valid", "one Host header such as localhost:8080");

  private static final Problem UNKNOWN_VERSION =
      new Problem(
          "HTTP Version Not Supported",
          505,
          "this version of HTTP is not supported",
          null,
          "HTTP/1.1, or set LAB_H2C=true for HTTP/2 without TLS");

  private final PathPrefix prefix;

  RequestTargetFilter(PathPrefix prefix) {
    this.prefix = prefix;
  }

  @Produces
  @Singleton
  @DefaultBean
  static PathPrefix noPrefix() {
    return PathPrefix.NONE;
  }

  void register(@Observes Router router) {
    router
        .route()
        .order(FIRST)
        .handler(
            context -> {
              // A refused request was routed here again, and its state is in this context.
              if (OriginalRequest.isTargetKept(context) || !StreamRequest.route(context, router)) {
                normalize(context);
              }
            })
        .failureHandler(this::notRouted);
    router.route().order(REFUSAL).handler(this::refuse);
  }

  private void normalize(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (OriginalRequest.isTargetKept(context)) {
      Refusal.hidePathUntilAnswered(context);
      context.next();
      return;
    }
    Optional<String> normal = RequestTarget.normal(request.uri());
    if (request.version() == null) {
      refuse(context, UNKNOWN_VERSION);
    } else if (normal.isEmpty()) {
      refuse(context, NO_PATH);
    } else if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
      refuse(context, NO_HOST);
    } else {
      String target = prefix.removedFrom(normal.get());
      if (target.equals(request.uri())) {
        context.next();
      } else {
        reroute(context, target);
      }
    }
  }

  /** Requests that Vert.x rejects before any handler; Quarkus would log a stack trace for each. */
  private void notRouted(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = request.path();
    if (OriginalRequest.isTargetKept(context)) {
      context.next();
    } else if (request.version() == null) {
      refuse(context, UNKNOWN_VERSION);
    } else if (path == null || !path.startsWith("/")) {
      refuse(context, NO_PATH);
    } else if (request.authority() == null
        && context.statusCode() == NO_HOST.status()
        && context.failure() instanceof VertxException) {
      refuse(context, NO_HOST);
    } else {
      context.next();
    }
  }

  private static void refuse(RoutingContext context, Problem problem) {
    context.put(PROBLEM, problem);
    reroute(context, REFUSED);
  }

  private static void reroute(RoutingContext context, String target) {
    OriginalRequest.keepTarget(context);
    context.reroute(context.request().method(), target);
  }

  private void refuse(RoutingContext context) {
    HttpServerRequest request = context.request();
    Problem problem = REFUSED.equals(request.path()) ? context.get(PROBLEM) : null;
    if (problem == null) {
      context.next();
    } else if (Refusal.isStream(request)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      // The body is not read, so the connection, or the stream, cannot be used again.
      Refusal.sendAndClose(context, problem);
    } else {
      Refusal.send(context, problem);
    }
  }
}
