package io.podlab.token.kubeadm;

import io.podlab.token.bootstrap.BootstrapToken;
import java.time.Instant;
import java.util.Locale;

/** Whether a token has expired. */
enum TokenStatus {
  ACTIVE,
  EXPIRED;

  static TokenStatus of(BootstrapToken token, Instant now) {
    return token.hasExpired(now) ? EXPIRED : ACTIVE;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
