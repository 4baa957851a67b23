package io.podlab.board.moment;

import io.podlab.kit.text.Printable;
import java.util.Optional;

/** Builds the text of a moment: one line, printable, at most 400 characters. */
final class MomentText {
  private static final int LONGEST = 400;

  private MomentText() {}

  static String of(String text) {
    return Printable.line(Printable.cut(text, LONGEST).strip().replaceAll("\\s+", " "));
  }

  /** Joins the non-empty parts, as in {@code Evicted: The node was low on resource: memory}. */
  static String join(String... parts) {
    StringBuilder joined = new StringBuilder();
    for (String part : parts) {
      if (part != null && !part.isBlank()) {
        joined.append(joined.isEmpty() ? "" : ": ").append(part);
      }
    }
    return joined.toString();
  }

  static String orEmpty(String text) {
    return Optional.ofNullable(text).orElse("");
  }

  static String counted(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
