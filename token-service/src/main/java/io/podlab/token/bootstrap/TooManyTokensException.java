package io.podlab.token.bootstrap;

import java.time.Duration;
import java.util.Optional;

/** A limit is reached: tokens per second, stored tokens, or idempotency keys. */
public final class TooManyTokensException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> retryAfter;

  /**
   * @param retryAfter the delay before a retry can succeed; empty if unknown
   */
  public TooManyTokensException(String message, Optional<Duration> retryAfter) {
    super(message, null, false, false);
    this.retryAfter = retryAfter;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
