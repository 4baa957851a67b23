package io.podlab.lab.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The lines of a console block, to be compared with what was printed. A line {@code ...} stands for
 * any lines, and {@code ...} within a line for any text.
 */
final class ConsoleLines {
  private static final String ANY = "...";

  private final Masks masks;
  private final List<String> shown;

  ConsoleLines(List<String> shown, Masks masks) {
    this.shown = List.copyOf(shown);
    this.masks = masks;
  }

  /** The first difference, in words; empty if all is as shown. */
  Optional<String> difference(List<String> printed) {
    List<String> actual = withoutBlankEnd(printed);
    List<String> expected = withoutBlankEnd(shown);
    // How many lines of what was printed may be used up by what is shown so far.
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
                ? "the text shows `" + line + "`, and printed was `" + actual.get(position) + "`"
                : "the text shows `" + line + "`, and nothing more was printed");
      }
      used = after;
    }
    return used.contains(actual.size())
        ? Optional.empty()
        : Optional.of(
            "printed was `" + actual.get(used.first()) + "`, which the text does not show");
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

  /** Reads along with a watch until all lines were there, in their order. */
  Watching watching() {
    return new Watching(shown.stream().filter(line -> !isAnyLines(line)).toList());
  }

  final class Watching {
    private final List<String> missing;

    private Watching(List<String> wanted) {
      this.missing = new ArrayList<>(wanted);
    }

    /** True as soon as this line was the last one that was missing. */
    synchronized boolean sees(String printed) {
      if (!missing.isEmpty() && matches(missing.get(0), printed)) {
        missing.remove(0);
      }
      return missing.isEmpty();
    }

    /** The line that is waited for. */
    synchronized Optional<String> missing() {
      return missing.stream().findFirst();
    }
  }
}
