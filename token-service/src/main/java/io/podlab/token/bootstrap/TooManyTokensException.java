package io.podlab.token.bootstrap;

import java.time.Duration;
import java.util.Optional;

/** A bound is reached. */
public final class TooManyTokensException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> retryAfter;

  /**
   * @param retryAfter when there may be room again; empty if that is not known
   */
  public TooManyTokensException(String message, Optional<Duration> retryAfter) {
    super(message, null, false, false);
    this.retryAfter = retryAfter;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
