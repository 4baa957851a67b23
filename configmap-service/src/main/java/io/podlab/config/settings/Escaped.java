package io.podlab.config.settings;

import java.util.regex.Pattern;

/** A text that anyone may have written, whole, for a terminal. */
public final class Escaped {
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\t]]");

  private Escaped() {}

  /** One line, in which what moves the cursor, ends a line or hides is written as \\u001b. */
  public static String line(String text) {
    return UNSEEN
        .matcher(text)
        .replaceAll(match -> "\\\\u%04x".formatted(match.group().codePointAt(0)));
  }
}
