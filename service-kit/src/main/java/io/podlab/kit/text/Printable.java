package io.podlab.kit.text;

import java.util.function.IntPredicate;

/**
 * Makes untrusted text safe to print. Replaces characters that move the cursor, change colors or
 * reverse the writing direction, so that text cannot pretend to be something else: Unicode control
 * and format characters (bidirectional controls too, but not the joiners of emoji and Persian),
 * line and paragraph separators, and unpaired surrogates.
 */
public final class Printable {
  private static final int REPLACEMENT = '\uFFFD';
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int LONGEST_QUOTED = 256;

  private Printable() {}

  /** One line: replaces line breaks and tabs too. */
  public static String line(String text) {
    return replaced(text, Printable::isControl);
  }

  /**
   * One line of limited length.
   *
   * @param longest the number of characters before {@code …}
   */
  public static String line(String text, int longest) {
    return line(cut(text, longest));
  }

  /** Several lines: keeps line breaks and tabs. */
  public static String text(String text) {
    return replaced(
        text, character -> isControl(character) && character != '\n' && character != '\t');
  }

  /** One line in double quotes, cut after 256 characters; replaces double quotes in the text. */
  public static String quoted(String text) {
    return '"' + line(text, LONGEST_QUOTED).replace('"', '?') + '"';
  }

  /** One line, not cut: escapes unprintable characters as Java does, as in {@code \\u001b}. */
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
   * Cuts long text and appends {@code …}. Never splits a surrogate pair.
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
