package io.podlab.probe.healthz;

import java.math.BigDecimal;

/** Formats seconds as Go prints {@code Duration.Seconds()}: the shortest digits of a float64. */
final class GoSeconds {
  private static final long NANOS_OF_SECOND = 1_000_000_000;

  private GoSeconds() {}

  static String of(long nanos) {
    double seconds = nanos / NANOS_OF_SECOND + nanos % NANOS_OF_SECOND / 1e9;
    return new BigDecimal(Double.toString(seconds)).stripTrailingZeros().toPlainString();
  }
}
