package io.podlab.demo.environment;

import com.fasterxml.jackson.annotation.JsonValue;
import io.podlab.kit.http.PlainText;
import io.podlab.kit.text.Printable;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The environment variables that clients may see, sorted by name. */
public record Environment(@JsonValue SortedMap<String, String> variables) implements PlainText {
  private static final String OURS = "LAB_";

  public Environment {
    variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
  }

  /**
   * @param listed names that clients may see in addition to {@code LAB_…}
   */
  static Environment visible(Map<String, String> all, Set<String> listed) {
    return new Environment(
        all.entrySet().stream()
            .filter(
                variable ->
                    variable.getKey().startsWith(OURS) || listed.contains(variable.getKey()))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new)));
  }

  /** One {@code NAME=value} per line. */
  @Override
  public String plainText() {
    return variables.entrySet().stream()
        .map(variable -> Printable.line(variable.getKey() + "=" + variable.getValue()) + "\n")
        .collect(Collectors.joining());
  }
}
