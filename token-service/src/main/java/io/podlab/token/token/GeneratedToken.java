package io.podlab.token.token;

import io.podlab.kit.http.PlainText;

/**
 * The answer to {@code POST /tokens/generate}.
 *
 * @param token a value that nobody knows yet
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
