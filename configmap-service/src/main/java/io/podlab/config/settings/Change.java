package io.podlab.config.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The change of one key.
 *
 * @param before absent for a new key; cut to 200 characters
 * @param after absent for a removed key; cut to 200 characters
 * @param diff the changed lines of a value of several lines, in the form of {@code diff -u}: at
 *     most 40 lines, each cut after 200 characters; absent if the first and the last changed line
 *     are more than about 1,000 lines apart, or a value has 10,000 lines or more
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Change(
    String key, Optional<String> before, Optional<String> after, Optional<List<String>> diff) {
  /** No answer shows more changes. */
  private static final int MOST_DIFFS = 100;

  public Change {
    key = Excerpt.of(key);
    before = before.map(Excerpt::of);
    after = after.map(Excerpt::of);
    diff = diff.map(List::copyOf);
  }

  public Change(String key, Optional<String> before, Optional<String> after) {
    this(key, before, after, Optional.empty());
  }

  public Change withoutDiff() {
    return new Change(key, before, after);
  }

  /** All keys whose values differ, sorted. */
  public static List<Change> between(
      SortedMap<String, String> before, SortedMap<String, String> after) {
    SortedSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    long work = LineDiff.MOST_WORK;
    for (String key : keys) {
      Optional<String> old = Optional.ofNullable(before.get(key));
      Optional<String> now = Optional.ofNullable(after.get(key));
      if (!old.equals(now)) {
        long left = work;
        Optional<LineDiff> diff =
            changes.size() < MOST_DIFFS && old.isPresent() && now.isPresent()
                ? diff(old.get(), now.get()).filter(one -> one.work() <= left)
                : Optional.empty();
        work -= diff.map(LineDiff::work).orElse(0L);
        changes.add(new Change(key, old, now, diff.map(LineDiff::shown)));
      }
    }
    return changes;
  }

  private static Optional<LineDiff> diff(String before, String after) {
    return hasSeveralLines(before) || hasSeveralLines(after) || looksTheSame(before, after)
        ? LineDiff.of(before, after)
        : Optional.empty();
  }

  private static boolean hasSeveralLines(String text) {
    int lineBreak = text.indexOf('\n');
    return lineBreak >= 0 && lineBreak < text.length() - 1;
  }

  /** Whether only white space differs, which {@link #sentence} does not show. */
  private static boolean looksTheSame(String before, String after) {
    return withoutSpace(before).equals(withoutSpace(after));
  }

  private static String withoutSpace(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** {@code color: red -> blue}, {@code + size: large}, {@code - size: large}. */
  public String sentence() {
    String name = Excerpt.line(key);
    if (before.isEmpty()) {
      return "+ " + name + ": " + Excerpt.line(after.orElse(""));
    }
    if (after.isEmpty()) {
      return "- " + name + ": " + Excerpt.line(before.get());
    }
    return name + ": " + Excerpt.line(before.get()) + " -> " + Excerpt.line(after.get());
  }

  /**
   * The sentence, or the key and below it the changed lines.
   *
   * @param indent starts each line
   */
  public String text(String indent) {
    return indent
        + diff.map(
                lines -> Excerpt.line(key) + ":\n  " + indent + String.join("\n  " + indent, lines))
            .orElseGet(this::sentence)
        + '\n';
  }
}
