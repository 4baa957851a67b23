package io.podlab.board.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The metric that shows which namespaces the board watches. */
@Singleton
class WatchMeters {
  private static final int AFTER_THE_BOARD = 10_000;

  private final Board board;
  private final MeterRegistry registry;

  WatchMeters(Board board, MeterRegistry registry) {
    this.board = board;
    this.registry = registry;
  }

  void register(@Observes @Priority(AFTER_THE_BOARD) StartupEvent started) {
    board
        .namespaces()
        .forEach(
            one ->
                Gauge.builder("lab.board.watching", () -> one.isWatching() ? 1 : 0)
                    .description("1 if the board watches everything in the namespace, otherwise 0")
                    // Prometheus sets "namespace" to the namespace of the board.
                    .tag("watched", one.namespace())
                    .strongReference(true)
                    .register(registry));
  }
}
