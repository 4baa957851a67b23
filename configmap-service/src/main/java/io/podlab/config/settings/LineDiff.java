package io.podlab.config.settings;

import io.podlab.kit.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The lines of a value that changed, in the form of {@code diff -u}. Only LF ends a line, so that a
 * changed CR is a change of its line.
 */
final class LineDiff {
  /** Limit for the lines of each value. */
  static final int MOST_LINES = 10_000;

  /**
   * Limit for the product of the lines from the first to the last changed line: 1,000 lines in both
   * values. It is for all keys of a change together.
   */
  static final int MOST_WORK = 1_000_000;

  /** Limit for the result. */
  static final int MOST_SHOWN = 40;

  private static final int CONTEXT = 2;
  private static final String NO_LINE_BREAK = "\\ no line break at the end";

  private final List<String> before;
  private final List<String> after;

  /** The lines at the start that are the same. */
  private final int head;

  /** The lines at the end that are the same. */
  private final int tail;

  private LineDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
    int most = Math.min(before.size(), after.size());
    int same = 0;
    while (same < most && before.get(same).equals(after.get(same))) {
      same++;
    }
    this.head = same;
    same = 0;
    while (same < most - head
        && before.get(before.size() - 1 - same).equals(after.get(after.size() - 1 - same))) {
      same++;
    }
    this.tail = same;
  }

  /** Empty if one of the values has too many lines. */
  static Optional<LineDiff> of(String before, String after) {
    return lineBreaks(before) < MOST_LINES && lineBreaks(after) < MOST_LINES
        ? Optional.of(new LineDiff(lines(before), lines(after)))
        : Optional.empty();
  }

  private static long lineBreaks(String text) {
    return text.chars().filter(character -> character == '\n').count();
  }

  /** With their line breaks. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start) < 0 ? text.length() : text.indexOf('\n', start) + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  private int rows() {
    return before.size() - head - tail;
  }

  private int columns() {
    return after.size() - head - tail;
  }

  /**
   * What the comparison in {@link #shown} costs. The caller compares it with {@link #MOST_WORK}.
   * The rest of the cost is limited by {@link #MOST_LINES} and {@link #MOST_SHOWN}.
   */
  long work() {
    return (long) rows() * columns();
  }

  /** A line of a value before the change, after it, or of both. */
  private record Line(char sign, String text, int beforeIndex, int afterIndex) {}

  /**
   * Hunks with two lines of context: {@code @@ -1,3 +1,3 @@}, {@code -old}, {@code +new}. Each line
   * is cut after 200 characters, without control characters; at most 40 lines.
   */
  List<String> shown() {
    List<Line> all = all();
    Shown shown = new Shown();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).sign() == ' ') {
        continue;
      }
      int start = Math.max(0, i - CONTEXT);
      int end = i + 1;
      for (int next = end; next < all.size() && next <= end + 2 * CONTEXT; next++) {
        if (all.get(next).sign() != ' ') {
          end = next + 1;
        }
      }
      i = Math.min(all.size(), end + CONTEXT);
      add(all.subList(start, i), shown);
    }
    return shown.lines();
  }

  /** Makes the text of the first lines, and only counts the others. */
  private static final class Shown {
    private final List<String> first = new ArrayList<>();
    private int count;

    void add(Supplier<String> line) {
      if (first.size() < MOST_SHOWN) {
        first.add(line.get());
      }
      count++;
    }

    List<String> lines() {
      if (count > MOST_SHOWN) {
        first.set(MOST_SHOWN - 1, "… %,d more lines".formatted(count - MOST_SHOWN + 1));
      }
      return List.copyOf(first);
    }
  }

  private static void add(List<Line> hunk, Shown shown) {
    long removed = hunk.stream().filter(line -> line.sign() != '+').count();
    long added = hunk.stream().filter(line -> line.sign() != '-').count();
    Line first = hunk.get(0);
    // As in diff: a range without lines starts at the line before.
    shown.add(
        () ->
            "@@ -%d,%d +%d,%d @@"
                .formatted(
                    first.beforeIndex() + (removed > 0 ? 1 : 0),
                    removed,
                    first.afterIndex() + (added > 0 ? 1 : 0),
                    added));
    for (Line line : hunk) {
      boolean ends = line.text().endsWith("\n");
      shown.add(
          () -> {
            String text = ends ? line.text().substring(0, line.text().length() - 1) : line.text();
            return line.sign() + Printable.escaped(Excerpt.of(text));
          });
      if (!ends) {
        shown.add(() -> NO_LINE_BREAK);
      }
    }
  }

  private List<Line> all() {
    List<Line> all = new ArrayList<>();
    for (int i = Math.max(0, head - CONTEXT); i < head; i++) {
      all.add(new Line(' ', before.get(i), i, i));
    }
    int[][] longest = longest();
    int row = 0;
    int column = 0;
    while (row < rows() || column < columns()) {
      int old = head + row;
      int now = head + column;
      if (row < rows() && column < columns() && before.get(old).equals(after.get(now))) {
        all.add(new Line(' ', before.get(old), old, now));
        row++;
        column++;
      } else if (column == columns()
          || row < rows() && longest[row + 1][column] >= longest[row][column + 1]) {
        all.add(new Line('-', before.get(old), old, now));
        row++;
      } else {
        all.add(new Line('+', after.get(now), old, now));
        column++;
      }
    }
    for (int i = 0; i < Math.min(CONTEXT, tail); i++) {
      int old = before.size() - tail + i;
      all.add(new Line(' ', before.get(old), old, after.size() - tail + i));
    }
    return all;
  }

  /** The length of the longest common subsequence from each pair of lines on. */
  private int[][] longest() {
    Map<String, Integer> numbers = new HashMap<>();
    int[] old = numbered(before, rows(), numbers);
    int[] now = numbered(after, columns(), numbers);
    int[][] longest = new int[rows() + 1][columns() + 1];
    for (int row = rows() - 1; row >= 0; row--) {
      for (int column = columns() - 1; column >= 0; column--) {
        longest[row][column] =
            old[row] == now[column]
                ? longest[row + 1][column + 1] + 1
                : Math.max(longest[row + 1][column], longest[row][column + 1]);
      }
    }
    return longest;
  }

  /** Numbers compare faster than long lines. */
  private int[] numbered(List<String> lines, int count, Map<String, Integer> numbers) {
    return lines.subList(head, head + count).stream()
        .mapToInt(line -> numbers.computeIfAbsent(line, first -> numbers.size()))
        .toArray();
  }
}
