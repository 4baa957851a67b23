package io.podlab.token.access;

import io.podlab.token.bootstrap.BackendUnavailableException;

/** Decides who may do what. May block; many threads ask at once. */
public interface Authority {
  /** Whether a request may go on. */
  sealed interface Decision {}

  /**
   * @param user who asks
   */
  record Allowed(String user) implements Decision {}

  /** Nobody is known by this bearer token. */
  record Unauthenticated() implements Decision {}

  /** The user is known, and lacks the right. */
  record Denied(String user) implements Decision {}

  /**
   * @param bearer the token of the request's Authorization header
   * @throws BackendUnavailableException if it cannot be decided now
   */
  Decision decide(String bearer, Right right);

  /** Where to get a token that is accepted here, for the error text. */
  String hint();
}
