package io.podlab.token.access;

import io.podlab.token.bootstrap.TokenBackend;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Keeps the record of who did what. */
@Singleton
public class Audit {
  private final Caller caller;

  @Inject
  Audit(Caller caller) {
    this.caller = caller;
  }

  /** The same backend, with a log line for each create and delete. */
  public TokenBackend of(TokenBackend backend) {
    return new AuditedTokens(backend, () -> caller.user().orElse("nobody"));
  }
}
