package io.podlab.token.kubeadm;

import io.podlab.token.bootstrap.TooManyTokensException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A token bucket. After a pause it allows a burst as large as the limit per second. */
final class CreateRate {
  private static final int HIGHEST = 1_000_000;
  private static final double NANOS = 1e9;

  private final int perSecond;
  private final LongSupplier nanoTime;
  private double left;
  private long last;

  /**
   * @throws ConfigurationException if {@code LAB_TOKEN_MAX_CREATES} is out of range
   */
  CreateRate(int perSecond, LongSupplier nanoTime) {
    if (perSecond < 1 || perSecond > HIGHEST) {
      throw new ConfigurationException(
          "LAB_TOKEN_MAX_CREATES is invalid: '%d' is out of range; use 1 to %d"
              .formatted(perSecond, HIGHEST));
    }
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.left = perSecond;
    this.last = nanoTime.getAsLong();
  }

  /**
   * @throws TooManyTokensException if the limit is reached
   */
  synchronized void take() {
    long now = nanoTime.getAsLong();
    left = Math.min(perSecond, left + (now - last) / NANOS * perSecond);
    last = now;
    if (left < 1) {
      throw new TooManyTokensException(
          "too many new tokens (at most %d per second); try again later".formatted(perSecond),
          Optional.of(Duration.ofSeconds(1)));
    }
    left--;
  }
}
