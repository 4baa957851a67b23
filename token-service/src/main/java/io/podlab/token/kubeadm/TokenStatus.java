package io.podlab.token.kubeadm;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
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

  /**
   * @param given null if the parameter is missing
   * @throws ProblemException (400) if it is not a status
   */
  static TokenStatus parse(String given) {
    if (given == null) {
      throw bad("the parameter is missing");
    }
    return switch (given) {
      case "active" -> ACTIVE;
      case "expired" -> EXPIRED;
      default -> throw bad("the value is not a status");
    };
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.badField("status", detail, "expired or active"));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
