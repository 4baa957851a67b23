package io.podlab.demo.faults;

import io.podlab.demo.lifecycle.Kind;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
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
    if (hanging == null && rate == 0 || Kind.of(context) != Kind.REQUEST) {
      context.next();
    } else if (rate > 0 && ThreadLocalRandom.current().nextDouble() < rate) {
      Refusal.send(
          context,
          Problem.of(500, "this request was chosen to fail: DELETE /faults/errors ends it"),
          "/FAULT");
    } else if (hanging != null) {
      hanging.add(context);
    } else {
      context.next();
    }
  }
}
