package io.podlab.token.bootstrap;

import java.util.regex.Pattern;

/** Masks token secrets in text from outside. */
public final class SecretMask {
  /** The 16 characters of a token secret, and any that follow or precede them. */
  private static final Pattern SECRET = Pattern.compile("[a-z0-9]{16,}");

  private SecretMask() {}

  /** Replaces each possible token secret with {@code …}. */
  public static String masked(String text) {
    return SECRET.matcher(text).replaceAll("…");
  }
}
