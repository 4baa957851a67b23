package io.podlab.token.access;

import io.podlab.token.bootstrap.BackendUnavailableException;

/** Decides who may do what. May block; many threads ask at once. */
public interface Authority {
  /**
   * @param bearer the token of the request's Authorization header
   * @throws BackendUnavailableException if there is no telling now
   */
  Decision decide(String bearer, Right right);

  /** Where a person gets the token that is accepted here, for who comes without one. */
  String hint();
}
