package io.podlab.kit.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Values by path. A path without parameters, such as {@code /faults/hang}, is closer than a
 * template, such as {@code /faults/{name}}, and costs one look into a map. Paths are as {@link
 * RequestTarget} makes them.
 */
final class PathTable<T> {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final String SEGMENT = "[^/]+";

  private final Map<String, T> literal = new HashMap<>();
  private final Map<Pattern, T> templates = new LinkedHashMap<>();

  void put(String path, T value) {
    put(path, Map.of(), value);
  }

  /**
   * @param parameters regular expressions of those that are not just one segment
   */
  void put(String path, Map<String, String> parameters, T value) {
    Matcher parameter = PARAMETER.matcher(path);
    StringBuilder expression = new StringBuilder();
    int end = 0;
    while (parameter.find()) {
      expression
          .append(Pattern.quote(path.substring(end, parameter.start())))
          .append(parameters.getOrDefault(parameter.group(1), SEGMENT));
      end = parameter.end();
    }
    if (end == 0) {
      literal.put(path, value);
    } else {
      expression.append(Pattern.quote(path.substring(end)));
      templates.put(Pattern.compile(expression.toString()), value);
    }
  }

  /** The value of the closest path. */
  Optional<T> find(String path) {
    return all(path).findFirst();
  }

  /** The values of all paths that match, the closest first. */
  Stream<T> all(String path) {
    return Stream.concat(
        Stream.ofNullable(literal.get(path)),
        templates.entrySet().stream()
            .filter(template -> template.getKey().matcher(path).matches())
            .map(Map.Entry::getValue));
  }
}
