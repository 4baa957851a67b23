package io.podlab.demo.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;

/** Creates timelines for tests. */
public final class Lifecycles {
  private Lifecycles() {}

  /** A timeline that starts now. */
  public static Lifecycle of(Clock clock, MeterRegistry meters) {
    return new Lifecycle(
        clock, clock.instant(), Optional.empty(), new Traffic(clock, meters), meters);
  }
}
