package io.podlab.token.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who sent the request that is being answered. */
@RequestScoped
class Caller {
  private String user;

  void is(String user) {
    this.user = user;
  }

  /** Empty where access is open. */
  Optional<String> user() {
    return Optional.ofNullable(user);
  }
}
