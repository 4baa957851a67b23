package io.podlab.demo.lifecycle;

import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/** Sends the traffic counts to the followers of the timeline every second. */
@Startup
@Singleton
final class TrafficCounts {
  private static final long MILLISECONDS = 1000;

  TrafficCounts(Vertx vertx, Lifecycle lifecycle) {
    vertx.setPeriodic(MILLISECONDS, timer -> lifecycle.sendTraffic());
  }
}
