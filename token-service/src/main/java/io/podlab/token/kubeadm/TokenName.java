package io.podlab.token.kubeadm;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.BootstrapToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token ID or a whole token in a path.
 *
 * @param secret empty if the path contains only the ID
 */
record TokenName(String id, Optional<String> secret) {
  private static final Pattern ID = Pattern.compile("[a-z0-9]{6}");

  /**
   * @throws ProblemException (400) with kubeadm's text; its pattern for the ID is corrected
   */
  static TokenName parse(String text) {
    Matcher whole = BootstrapToken.FORM.matcher(text);
    if (whole.matches()) {
      return new TokenName(whole.group(1), Optional.of(whole.group(2)));
    }
    if (ID.matcher(text).matches()) {
      return new TokenName(text, Optional.empty());
    }
    throw new ProblemException(
        Problem.badField(
            "id",
            "given token didn't match pattern \"\\\\A([a-z0-9]{6})\\\\z\" or"
                + " \"\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z\"",
            "a token ID such as abcdef, or a whole token"));
  }

  /** Compares the secrets in constant time, so that the duration reveals nothing. */
  boolean matches(BootstrapToken token) {
    return secret
        .map(
            given ->
                MessageDigest.isEqual(
                    given.getBytes(StandardCharsets.US_ASCII),
                    token.secret().getBytes(StandardCharsets.US_ASCII)))
        .orElse(true);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "TokenName[" + id + "]";
  }
}
