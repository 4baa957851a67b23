package io.podlab.config.settings;

import io.podlab.kit.text.Printable;

/** The first 200 characters of a key or a value, which can be a whole file. */
public final class Excerpt {
  private static final int LONGEST = 200;

  private Excerpt() {}

  /** The first 200 characters. */
  public static String of(String text) {
    return Printable.cut(text, LONGEST);
  }

  /**
   * In single quotes, on one line. Quotes and backslashes in the text get a backslash; a line break
   * is {@code \\u000a}.
   */
  public static String quoted(String text) {
    return '\'' + Printable.escaped(of(text).replace("\\", "\\\\").replace("'", "\\'")) + '\'';
  }

  /** On one line, with one space for each run of white space. */
  public static String line(String text) {
    return Printable.line(of(text).strip().replaceAll("\\s+", " "));
  }
}
