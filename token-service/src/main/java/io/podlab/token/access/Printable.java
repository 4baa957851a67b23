package io.podlab.token.access;

/** Text from outside, for a log line. */
final class Printable {
  private static final int LONGEST = 256;

  private Printable() {}

  /** In quotes, that end where they seem to; no line ends in it, and it is not long. */
  static String quoted(String text) {
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return '"' + shown.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\"]", "?") + '"';
  }
}
