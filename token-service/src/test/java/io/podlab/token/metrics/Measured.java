package io.podlab.token.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.token.bootstrap.TokenBackend;
import java.time.Clock;

/** Measures a test's backend. */
public final class Measured {
  private Measured() {}

  public static MeasuredBackend of(TokenBackend backend, Clock clock, MeterRegistry meters) {
    return new MeasuredBackend(backend, clock, meters);
  }
}
