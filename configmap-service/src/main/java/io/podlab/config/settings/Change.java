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
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Change(String key, Optional<String> before, Optional<String> after) {
  public Change {
    key = Excerpt.of(key);
    before = before.map(Excerpt::of);
    after = after.map(Excerpt::of);
  }

  /** All keys whose values differ, sorted. */
  public static List<Change> between(
      SortedMap<String, String> before, SortedMap<String, String> after) {
    SortedSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    for (String key : keys) {
      Optional<String> old = Optional.ofNullable(before.get(key));
      Optional<String> now = Optional.ofNullable(after.get(key));
      if (!old.equals(now)) {
        changes.add(new Change(key, old, now));
      }
    }
    return changes;
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
}
