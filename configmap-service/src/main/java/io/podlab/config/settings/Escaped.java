package io.podlab.config.settings;

import java.util.regex.Pattern;

/** A text that anyone may have written, whole, for a terminal. */
public final class Escaped {
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\t]]");

  private Escaped() {}

  /** One line, in which what moves the cursor, ends a line or hides is written as \\u001b. */
  public static String line(String text) {
    return UNSEEN.matcher(text).replaceAll(match -> escape(match.group().codePointAt(0)));
  }

  /** Without a format: there may be a mebibyte of them. */
  private static String escape(int character) {
    String hex = Integer.toHexString(character);
    return "\\\\u" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
  }
}
