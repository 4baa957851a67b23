package io.podlab.config.settings;

/** What is shown of a text that anyone may have written. */
public final class Shown {
  private static final int LONGEST = 200;

  /** Control characters of all of Unicode, those that turn text around, and breaks of lines. */
  private static final String UNSEEN = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";

  /** By character: the letter that Go writes for it, or a space. */
  private static final String ESCAPED = "       abtnvfr";

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

  /** The first 200 characters in double quotes, as {@code %q} of Go writes them. */
  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    value(text)
        .codePoints()
        .forEach(
            character -> {
              int letter = character < ESCAPED.length() ? ESCAPED.charAt(character) : ' ';
              if (character == '"' || character == '\\') {
                quoted.append('\\').appendCodePoint(character);
              } else if (letter != ' ') {
                quoted.append('\\').append((char) letter);
              } else if (isPrintable(character)) {
                quoted.appendCodePoint(character);
              } else {
                String form =
                    character < 0x80 ? "\\x%02x" : character < 0x10000 ? "\\u%04x" : "\\U%08x";
                quoted.append(form.formatted(character));
              }
            });
    return quoted.append('"').toString();
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      case Character.SPACE_SEPARATOR -> character == ' ';
      default -> true;
    };
  }

  private static boolean isUnseen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character != '\t';
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
