package io.podlab.token.bootstrap;

/** The place where tokens are kept does not answer, or not now; the message says which and why. */
public final class BackendUnavailableException extends RuntimeException {
  public BackendUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
