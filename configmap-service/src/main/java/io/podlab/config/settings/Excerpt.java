package io.podlab.config.settings;

import io.podlab.kit.text.Printable;

/** The beginning of a key or a value, which anyone may have written and which may be a file. */
public final class Excerpt {
  private static final int LONGEST = 200;

  private Excerpt() {}

  /** The first 200 characters. */
  public static String of(String text) {
    return Printable.cut(text, LONGEST);
  }

  /**
   * In double quotes, on one line: with a backslash before each quote and backslash in it, and
   * {@code \\u000a} for a line break.
   */
  public static String quoted(String text) {
    return '"' + Printable.escaped(of(text).replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
  }

  /** On one line, with a space for each run of white space. */
  public static String line(String text) {
    return Printable.line(of(text).strip().replaceAll("\\s+", " "));
  }
}
