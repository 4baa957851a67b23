package io.podlab.demo.identity;

import io.netty.util.AsciiString;
import io.podlab.demo.content.ContentConfig;
import io.podlab.demo.faults.FaultsConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Answers the request that demos make by the thousand, {@code curl} on {@code /}, before anything
 * is asked that only other requests need to be. What it does not take goes on to {@link
 * IdentityResource}, which answers the same.
 */
final class QuickAnswer {
  /** Before the filters of package http, which look at what such a request does not have. */
  private static final int FIRST = 5000;

  private static final String PATH = "/";
  private static final CharSequence TEXT = AsciiString.cached("text/plain;charset=UTF-8");

  private final WhoAnswers whoAnswers;
  private final boolean enabled;

  /** Where content is served, or a fault can hit any request, all of them go the long way. */
  QuickAnswer(WhoAnswers whoAnswers, ContentConfig content, FaultsConfig faults) {
    this.whoAnswers = whoAnswers;
    this.enabled = content.content().isEmpty() && !faults.faults();
  }

  void register(@Observes Filters filters) {
    if (enabled) {
      filters.register(this::answer, FIRST);
    }
  }

  private void answer(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method() == HttpMethod.GET
        && PATH.equals(request.path())
        && isPlain(request.headers())) {
      context.response().putHeader(HttpHeaders.CONTENT_TYPE, TEXT).end(whoAnswers.askedForText());
    } else {
      context.next();
    }
  }

  /** Wants text or anything, and brings nothing along. */
  static boolean isPlain(MultiMap headers) {
    String accept = headers.get(HttpHeaders.ACCEPT);
    return (accept == null || accept.equals("*/*") || accept.equals("text/plain"))
        && !headers.contains(HttpHeaders.CONTENT_TYPE)
        && !headers.contains(HttpHeaders.CONTENT_LENGTH)
        && !headers.contains(HttpHeaders.TRANSFER_ENCODING);
  }
}
