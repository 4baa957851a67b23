package io.podlab.kit.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Maps paths to values. A literal path such as {@code /faults/hang} takes precedence over a
 * template such as {@code /faults/{name}}. Look up paths that {@link RequestTarget} has normalized.
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
   * @param parameters the regular expression of each parameter that is not one segment
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

  Optional<T> find(String path) {
    return all(path).findFirst();
  }

  /** The values of all paths that match, a literal path first. */
  Stream<T> all(String path) {
    return Stream.concat(
        Stream.ofNullable(literal.get(path)),
        templates.entrySet().stream()
            .filter(template -> template.getKey().matcher(path).matches())
            .map(Map.Entry::getValue));
  }
}
