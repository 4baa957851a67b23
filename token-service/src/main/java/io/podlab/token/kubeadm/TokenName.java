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
 * How a path names a token: by its id, or by the whole of it.
 *
 * @param secret empty if only the id was given
 */
record TokenName(String id, Optional<String> secret) {
  private static final Pattern ID = Pattern.compile("[a-z0-9]{6}");

  /**
   * @throws ProblemException (400) with kubeadm's text, and the pattern that it means to name
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
            "the id, six of a-z and 0-9, or the whole token"));
  }

  /** In constant time, so that it does not tell how much of a secret is right. */
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
