package io.podlab.demo.terminal;

import java.util.function.IntPredicate;

/**
 * Text from outside as a terminal may show it: what would move the cursor, change colours or turn
 * the direction of writing is replaced, so that nobody can make an answer look like something else.
 */
public final class Printable {
  private static final int REPLACEMENT = '\uFFFD';

  private Printable() {}

  /** On one line: line breaks and tabs are replaced, too. */
  public static String line(String text) {
    return replaced(text, Printable::isControl);
  }

  /** Line breaks and tabs stay. */
  public static String text(String text) {
    return replaced(
        text, character -> isControl(character) && character != '\n' && character != '\t');
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
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
