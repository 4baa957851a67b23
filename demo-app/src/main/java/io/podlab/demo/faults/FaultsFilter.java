package io.podlab.demo.faults;

import io.podlab.demo.lifecycle.RequestKind;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Delays requests or answers them with 500. Probes, scrapes, hooks and the faults themselves are
 * exempt.
 */
@Singleton
final class FaultsFilter {
  /** After the body is read, which is not delayed. */
  private static final int AFTER_THE_BODY = 900;

  /** The label in the HTTP metrics of a request that a fault answered. */
  static final String LABEL = "/FAULT";

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
    if (hanging == null && rate == 0 || RequestKind.of(context) != RequestKind.REQUEST) {
      context.next();
    } else if (rate > 0 && ThreadLocalRandom.current().nextDouble() < rate) {
      Refusal.send(
          context,
          Problem.of(500, "the fault 'errors' is active; DELETE /faults/errors ends it"),
          LABEL);
    } else if (hanging != null) {
      hanging.add(context);
    } else {
      context.next();
    }
  }
}
