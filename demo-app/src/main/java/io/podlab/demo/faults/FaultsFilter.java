package io.podlab.demo.faults;

import io.podlab.demo.http.Problem;
import io.podlab.demo.lifecycle.Kind;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.ThreadLocalRandom;

/** Lets requests hang, or answers them with 500; never probes, scrapes, hooks or the faults. */
@Singleton
final class FaultsFilter {
  /** After the body is read, which does not wait. */
  private static final int AFTER_THE_BODY = 900;

  private final Faults faults;

  FaultsFilter(Faults faults, FaultsConfig config) {
    this.faults = config.faults() ? faults : null;
  }

  void register(@Observes Filters filters) {
    if (faults != null) {
      filters.register(this::fail, AFTER_THE_BODY);
    }
  }

  private void fail(RoutingContext context) {
    HangingRequests hanging = faults.hanging();
    double rate = faults.errorRate();
    if (hanging == null && rate == 0 || Kind.of(context.request().path()) != Kind.REQUEST) {
      context.next();
    } else if (rate > 0 && ThreadLocalRandom.current().nextDouble() < rate) {
      answer500(context);
    } else if (hanging != null) {
      hanging.add(context);
    } else {
      context.next();
    }
  }

  private static void answer500(RoutingContext context) {
    Problem problem =
        Problem.of(500, "this request was chosen to fail: DELETE /faults/errors ends it");
    // As RequestHeaders left it.
    boolean asJson =
        MediaType.APPLICATION_JSON.equals(context.request().getHeader(HttpHeaders.ACCEPT));
    // The label that the HTTP metrics would otherwise take from the path, which anyone can choose.
    Vertx.currentContext().putLocal("UrlPathTemplate", "/FAULT");
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, asJson ? Problem.JSON : "text/plain;charset=UTF-8")
        .end(asJson ? JsonObject.mapFrom(problem).encode() : problem.plainText());
  }
}
