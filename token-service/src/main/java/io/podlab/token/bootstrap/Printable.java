package io.podlab.token.bootstrap;

/** Text from outside, for a log line or a terminal. */
public final class Printable {
  private static final int LONGEST = 256;

  private Printable() {}

  /** With nothing that moves a cursor or ends a line. */
  public static String line(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "?");
  }

  /** In quotes, that end where they seem to; no line ends in it, and it is not long. */
  public static String quoted(String text) {
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return '"' + line(shown).replace('"', '?') + '"';
  }
}
