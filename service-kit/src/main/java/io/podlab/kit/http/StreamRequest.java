package io.podlab.kit.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * A request over HTTP/2 that can be paused after its body has arrived, as one over HTTP/1.1 can.
 * Quarkus REST pauses each request, and {@link RequestBody} reads the body before.
 */
final class StreamRequest extends HttpServerRequestWrapper {
  private static final String KEY = StreamRequest.class.getName();

  private StreamRequest(HttpServerRequest request) {
    super((HttpServerRequestInternal) request);
  }

  /**
   * Routes a request over HTTP/2 again as a {@code StreamRequest}. Call it before all filters.
   *
   * @return false if the request is not over HTTP/2, or is one already
   */
  static boolean route(RoutingContext context, Router router) {
    if (!Refusal.isStream(context.request())) {
      return false;
    }
    Context local = Vertx.currentContext();
    if (local.getLocal(KEY) != null) {
      return false;
    }
    local.putLocal(KEY, true);
    router.handle(new StreamRequest(context.request()));
    return true;
  }

  @Override
  public HttpServerRequest pause() {
    return isEnded() ? this : super.pause();
  }

  @Override
  public HttpServerRequest resume() {
    return isEnded() ? this : super.resume();
  }

  @Override
  public HttpServerRequest fetch(long amount) {
    return isEnded() ? this : super.fetch(amount);
  }
}
