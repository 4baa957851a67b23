package io.podlab.config.settings;

/** What is shown of a text that anyone may have written. */
public final class Shown {
  private static final int LONGEST = 200;

  /** Control characters of all of Unicode, those that turn text around, and breaks of lines. */
  private static final String UNSEEN = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";

  private Shown() {}

  /** The first 200 characters. */
  public static String value(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }

  /** On one line, and with nothing that moves a terminal's cursor. */
  public static String line(String text) {
    return value(text).strip().replaceAll("\\s+", " ").replaceAll(UNSEEN, "?");
  }
}
