package io.podlab.token.kubeadm;

import io.podlab.kit.http.PlainText;

/**
 * The response of {@code POST /tokens/generate}.
 *
 * @param token a random token that is not stored
 */
public record GeneratedToken(String token) implements PlainText {
  @Override
  public String plainText() {
    return token + "\n";
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "GeneratedToken[withheld]";
  }
}
