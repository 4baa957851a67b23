package io.podlab.probe.control;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;

/** {@code ?follow} says the same as {@code Accept: text/event-stream}, in fewer words for curl. */
final class Follow {
  /** Before RequestHeaders, which would make text of what curl accepts. */
  private static final int FIRST = 1200;

  private static final Pattern HISTORY = Pattern.compile("/probes/[^/]+/history");

  void register(@Observes Filters filters) {
    filters.register(Follow::choose, FIRST);
  }

  private static boolean follows(String value) {
    return value != null && !value.equals("false") && !value.equals("0");
  }

  private static void choose(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method() == HttpMethod.GET && HISTORY.matcher(request.path()).matches()) {
      if (request.query() != null && follows(request.params().get("follow"))) {
        request.headers().set(HttpHeaders.ACCEPT, MediaType.SERVER_SENT_EVENTS);
      } else if (!request.headers().contains(HttpHeaders.ACCEPT)) {
        // As busybox's wget does: it would wait for the end of a stream that has none.
        request.headers().set(HttpHeaders.ACCEPT, MediaType.TEXT_PLAIN);
      }
    }
    context.next();
  }
}
