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
 * Counts the requests of {@link RequestKind#REQUEST}. Never waits, whatever the number of threads.
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
  private volatile boolean leaving;

  Traffic(Clock clock, MeterRegistry meters) {
    this.clock = clock;
    FunctionCounter.builder("lab.demo.requests", this, Traffic::answered)
        .description("Requests that were answered, without probes, scrapes and hooks")
        .register(meters);
    Gauge.builder("lab.demo.inflight.requests", this, Traffic::inFlight)
        .description("Requests that wait for an answer, without probes, scrapes and hooks")
        .strongReference(true)
        .register(meters);
  }

  void began() {
    begun.increment();
  }

  /**
   * @param complete false if the client went away before the answer was
   */
  void ended(boolean complete) {
    (complete ? answered : abandoned).increment();
    lastEnd = clock.millis();
  }

  void leave(@Observes StopSignal signal) {
    leaving = true;
  }

  /** Whether answers must tell clients to go elsewhere. */
  boolean isLeaving() {
    return leaving;
  }

  public long answered() {
    return answered.sum();
  }

  /** Rather one too many than one too few: what has ended is summed up before what has begun. */
  public long inFlight() {
    long ended = answered.sum() + abandoned.sum();
    return begun.sum() - ended;
  }

  /** Whether nothing is in flight, nor has been for that long. */
  public boolean isQuietFor(Duration time) {
    return inFlight() == 0 && (lastEnd == NEVER || clock.millis() - lastEnd >= time.toMillis());
  }

  Optional<Instant> lastRequest() {
    long millisecond = lastEnd;
    return millisecond == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millisecond));
  }
}
