package io.podlab.token.access;

/** Whether a request may go on. */
public sealed interface Decision {
  /**
   * @param user who asks
   */
  record Allowed(String user) implements Decision {}

  /** Nobody is known by this bearer token. */
  record Unauthenticated() implements Decision {}

  /** It is known who asks, and that it is not theirs to do. */
  record Denied(String user) implements Decision {}
}
