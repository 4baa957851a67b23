package io.podlab.lab.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The expected output in a console block. A line {@code ...} matches any lines, and {@code ...}
 * within a line matches any text.
 */
final class ConsoleLines {
  private static final String ANY = "...";

  private final Masks masks;
  private final List<String> shown;

  ConsoleLines(List<String> shown, Masks masks) {
    this.shown = List.copyOf(shown);
    this.masks = masks;
  }

  /** Describes the first difference; empty if the output matches. */
  Optional<String> difference(List<String> printed) {
    List<String> actual = withoutBlankEnd(printed);
    List<String> expected = withoutBlankEnd(shown);
    // The possible numbers of printed lines that the expected lines so far can match.
    TreeSet<Integer> used = new TreeSet<>(List.of(0));
    for (String line : expected) {
      TreeSet<Integer> after = new TreeSet<>();
      for (int position : used) {
        if (isAnyLines(line)) {
          for (int end = position; end <= actual.size(); end++) {
            after.add(end);
          }
        } else if (position < actual.size() && matches(line, actual.get(position))) {
          after.add(position + 1);
        }
      }
      if (after.isEmpty()) {
        int position = used.first();
        return Optional.of(
            position < actual.size()
                ? "expected `" + line + "`, got `" + actual.get(position) + "`"
                : "expected `" + line + "`, got no more output");
      }
      used = after;
    }
    return used.contains(actual.size())
        ? Optional.empty()
        : Optional.of("expected no more output, got `" + actual.get(used.first()) + "`");
  }

  private static List<String> withoutBlankEnd(List<String> lines) {
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isBlank()) {
      end--;
    }
    return lines.subList(0, end);
  }

  private static boolean isAnyLines(String line) {
    return line.strip().equals(ANY);
  }

  private boolean matches(String line, String printed) {
    String pattern =
        Arrays.stream(masks.of(line).split(Pattern.quote(ANY), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return masks.of(printed).matches(pattern);
  }

  /** Follows the output of a watch until all expected lines were printed, in order. */
  Watching watching() {
    return new Watching(shown.stream().filter(line -> !isAnyLines(line)).toList());
  }

  final class Watching {
    private final List<String> missing;

    private Watching(List<String> wanted) {
      this.missing = new ArrayList<>(wanted);
    }

    /** Returns true if no expected line is missing after this line. */
    synchronized boolean sees(String printed) {
      if (!missing.isEmpty() && matches(missing.get(0), printed)) {
        missing.remove(0);
      }
      return missing.isEmpty();
    }

    /** The next expected line. */
    synchronized Optional<String> missing() {
      return missing.stream().findFirst();
    }
  }
}
