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

  /**
   * Whole, on one line, in which what moves the cursor, ends a line or hides is written as \\u001b.
   */
  public static String escaped(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (isUnseen(character)) {
                String hex = Integer.toHexString(character);
                line.append("\\u").append("0".repeat(Math.max(0, 4 - hex.length()))).append(hex);
              } else {
                line.appendCodePoint(character);
              }
            });
    return line.toString();
  }

  private static boolean isUnseen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character != '\t';
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
