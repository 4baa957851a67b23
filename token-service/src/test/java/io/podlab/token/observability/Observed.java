package io.podlab.token.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.token.bootstrap.TokenBackend;
import java.time.Clock;

/** Wraps a test's backend in {@link ObservedTokens}. */
public final class Observed {
  private Observed() {}

  public static ObservedTokens of(TokenBackend backend, Clock clock, MeterRegistry meters) {
    return new ObservedTokens(backend, clock, meters);
  }
}
