package io.podlab.kit.text;

import java.util.function.IntPredicate;

/**
 * Text from outside as a terminal may show it: what would move the cursor, change colors or turn
 * the direction of writing is replaced, so that nobody can make an answer look like something else.
 * That is Unicode's control and format characters (bidirectional controls among them, the joiners
 * of emoji and of Persian not), line and paragraph separators, and lone surrogates.
 */
public final class Printable {
  private static final int REPLACEMENT = '\uFFFD';
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int LONGEST_QUOTED = 256;

  private Printable() {}

  /** On one line: line breaks and tabs are replaced as well. */
  public static String line(String text) {
    return replaced(text, Printable::isControl);
  }

  /**
   * On one line, and not long.
   *
   * @param longest so many characters are shown, then {@code …}
   */
  public static String line(String text, int longest) {
    return line(cut(text, longest));
  }

  /** Line breaks and tabs stay. */
  public static String text(String text) {
    return replaced(
        text, character -> isControl(character) && character != '\n' && character != '\t');
  }

  /** In double quotes that end where they seem to; on one line, and not long. */
  public static String quoted(String text) {
    return '"' + line(text, LONGEST_QUOTED).replace('"', '?') + '"';
  }

  /** On one line and whole: what is not shown is written as Java does, as in {@code \\u001b}. */
  public static String escaped(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (isControl(character) && character != '\t') {
                for (char unit : Character.toChars(character)) {
                  line.append("\\u%04x".formatted((int) unit));
                }
              } else {
                line.appendCodePoint(character);
              }
            });
    return line.toString();
  }

  /**
   * The beginning of the text, then {@code …} if there is more; no character is cut in half.
   *
   * @param longest in UTF-16 code units
   */
  public static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "…";
  }

  private static String replaced(String text, IntPredicate unprintable) {
    return text.codePoints().noneMatch(unprintable)
        ? text
        : text.codePoints()
            .map(character -> unprintable.test(character) ? REPLACEMENT : character)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isControl(int character) {
    return switch (Character.getType(character)) {
      case Character.FORMAT -> character != ZERO_WIDTH_NON_JOINER && character != ZERO_WIDTH_JOINER;
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
