package io.podlab.token.bootstrap;

import java.util.regex.Pattern;

/** The halves of tokens that are secret, in a text that somebody else has written. */
public final class SecretHalves {
  /** Sixteen, and what someone has typed after or before them. */
  private static final Pattern HALF = Pattern.compile("[a-z0-9]{16,}");

  private SecretHalves() {}

  /** The text with {@code …} for whatever may be one. */
  public static String masked(String text) {
    return HALF.matcher(text).replaceAll("…");
  }
}
