package io.podlab.board.moment;

import io.podlab.kit.text.Printable;
import java.util.Optional;

/** The text of a moment. What Kubernetes and programs say is made one line, printable and short. */
final class Line {
  private static final int LONGEST = 400;

  private Line() {}

  static String of(String text) {
    return Printable.line(Printable.cut(text, LONGEST).strip().replaceAll("\\s+", " "));
  }

  /** The parts that are not empty, as in {@code Evicted: The node was low on resource: memory}. */
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
