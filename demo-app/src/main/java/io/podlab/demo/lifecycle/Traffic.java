package io.podlab.demo.lifecycle;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests of {@link RequestKind#REQUEST}. Counting never blocks, with any number of
 * threads.
 */
@Startup
@Singleton
public final class Traffic {
  private static final long NEVER = Long.MIN_VALUE;

  private final Clock clock;
  private final LongAdder begun = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder abandoned = new LongAdder();
  private volatile long lastEnd = NEVER;
  private volatile boolean stopping;

  Traffic(Clock clock, MeterRegistry meters) {
    this.clock = clock;
    FunctionCounter.builder("lab.demo.requests", this, Traffic::answered)
        .description("Number of answered requests, without probes, scrapes and hooks")
        .register(meters);
    Gauge.builder("lab.demo.inflight.requests", this, Traffic::inFlight)
        .description(
            "Number of requests that wait for an answer, without probes, scrapes and hooks")
        .strongReference(true)
        .register(meters);
  }

  void began() {
    begun.increment();
  }

  /**
   * @param complete false if the client disconnected before the answer was complete
   */
  void ended(boolean complete) {
    (complete ? answered : abandoned).increment();
    lastEnd = clock.millis();
  }

  void stop(@Observes StopSignal signal) {
    stopping = true;
  }

  /** Whether answers must close the connection, so that clients connect to another pod. */
  boolean isStopping() {
    return stopping;
  }

  public long answered() {
    return answered.sum();
  }

  /** Never too low: reads the ended requests before the begun ones. */
  public long inFlight() {
    long ended = answered.sum() + abandoned.sum();
    return begun.sum() - ended;
  }

  /** Whether no request has been in flight for the given time. */
  public boolean isQuietFor(Duration time) {
    return inFlight() == 0 && (lastEnd == NEVER || clock.millis() - lastEnd >= time.toMillis());
  }

  Optional<Instant> lastRequest() {
    long millisecond = lastEnd;
    return millisecond == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millisecond));
  }
}
