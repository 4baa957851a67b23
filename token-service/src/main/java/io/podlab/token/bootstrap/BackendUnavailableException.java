package io.podlab.token.bootstrap;

/** The backend cannot serve the request now. The message gives the reason. */
public final class BackendUnavailableException extends RuntimeException {
  public BackendUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
