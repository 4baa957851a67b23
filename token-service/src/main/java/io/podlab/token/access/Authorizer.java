package io.podlab.token.access;

import io.podlab.token.bootstrap.BackendUnavailableException;

/** Authenticates and authorizes a request. May block; many threads call it concurrently. */
public interface Authorizer {
  /** The result of a check. */
  sealed interface Decision {}

  /**
   * @param user the name of the caller
   */
  record Allowed(String user) implements Decision {}

  /** The bearer token belongs to no known user. */
  record Unauthenticated() implements Decision {}

  /** The user is known but lacks the permission. */
  record Denied(String user) implements Decision {}

  /**
   * @param bearer the token of the request's Authorization header
   * @throws BackendUnavailableException if the check is not possible now
   */
  Decision decide(String bearer, Right right);

  /** Describes the accepted tokens; the end of an error message. */
  String hint();
}
