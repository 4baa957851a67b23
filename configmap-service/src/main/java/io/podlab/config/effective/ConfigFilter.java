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
import java.util.List;

/**
 * Answers a plain {@code GET /config}, as curl sends it, before Quarkus REST, if the answer is
 * short. The body is made once for each state and second. All other requests go to {@link
 * ConfigResource}, which gives the same answer.
 */
@Singleton
final class ConfigFilter {
  /**
   * After RequestTargetFilter and before the kit's other filters, which have nothing to do for such
   * a request and would add a sixth to its cost.
   */
  private static final int FIRST = 5000;

  private static final String PATH = "/config";
  private static final CharSequence TEXT = AsciiString.cached("text/plain;charset=UTF-8");
  private static final List<String> ANYTHING = List.of("*/*");
  private static final List<String> PLAIN = List.of("text/plain");
  private static final CharSequence NO_CACHE = AsciiString.cached("no-cache");

  private final Answers answers;
  private final Delivery delivery;

  ConfigFilter(Answers answers, Delivery delivery) {
    this.answers = answers;
    this.delivery = delivery;
  }

  void register(@Observes Filters filters) {
    filters.register(this::answer, FIRST);
  }

  private void answer(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method() == HttpMethod.GET
        && PATH.equals(request.uri())
        && isPlain(request.headers())
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

  /** Whether the client accepts text and sends no body and no condition. */
  private static boolean isPlain(MultiMap headers) {
    List<String> accept = headers.getAll(HttpHeaders.ACCEPT);
    return (accept.isEmpty() || accept.equals(ANYTHING) || accept.equals(PLAIN))
        && !headers.contains(HttpHeaders.IF_NONE_MATCH)
        && !headers.contains(HttpHeaders.CONTENT_TYPE)
        && !headers.contains(HttpHeaders.CONTENT_LENGTH)
        && !headers.contains(HttpHeaders.TRANSFER_ENCODING);
  }
}
