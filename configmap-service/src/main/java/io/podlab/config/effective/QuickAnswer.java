package io.podlab.config.effective;

import io.netty.util.AsciiString;
import io.podlab.config.delivery.Delivery;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;

/**
 * Answers {@code GET /config} in text before Quarkus REST, from a body that is made once for a
 * state and second, if it is not long. What it does not take goes on to {@link ConfigResource},
 * which answers the same.
 */
@Singleton
final class QuickAnswer {
  /** After all that refuses a request or chooses its representation. */
  private static final int LAST = 800;

  private static final String PATH = "/config";
  private static final CharSequence TEXT = AsciiString.cached("text/plain;charset=UTF-8");
  private static final CharSequence NO_CACHE = AsciiString.cached("no-cache");

  private final Answers answers;
  private final Delivery delivery;

  QuickAnswer(Answers answers, Delivery delivery) {
    this.answers = answers;
    this.delivery = delivery;
  }

  void register(@Observes Filters filters) {
    filters.register(this::answer, LAST);
  }

  private void answer(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method() == HttpMethod.GET
        && PATH.equals(request.uri())
        && wantsText(request.headers())
        && !answers.isLong()) {
      Answers.Current now = answers.now();
      context
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
          .putHeader(HttpHeaders.ETAG, now.tag())
          .putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE)
          .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
      delivery.end(context, now.answer().text());
    } else {
      context.next();
    }
  }

  /** And has no answer yet. Where no representation was chosen, text is the default. */
  private static boolean wantsText(MultiMap headers) {
    String chosen = headers.get(HttpHeaders.ACCEPT);
    return (chosen == null || chosen.equals("*/*") || chosen.equals(MediaType.TEXT_PLAIN))
        && !headers.contains(HttpHeaders.IF_NONE_MATCH);
  }
}
