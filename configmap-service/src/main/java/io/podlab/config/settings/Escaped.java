package io.podlab.config.settings;

/** A text that anyone may have written, whole, for a terminal. */
public final class Escaped {
  private Escaped() {}

  /** One line, in which what moves the cursor, ends a line or hides is written as \\u001b. */
  public static String line(String text) {
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
