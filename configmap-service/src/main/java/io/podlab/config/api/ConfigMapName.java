package io.podlab.config.api;

import io.podlab.config.settings.Excerpt;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a ConfigMap, with or without its namespace. */
public record ConfigMapName(Optional<String> namespace, String name) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "((?<namespace>[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)/)?"
              + "(?<name>[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)");

  /**
   * @param text {@code name} or {@code namespace/name}
   * @throws IllegalArgumentException if it is neither; the message says what is accepted
   */
  public static ConfigMapName of(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not the name of a ConfigMap; use NAME or NAMESPACE/NAME"
              .formatted(Excerpt.line(text)));
    }
    return new ConfigMapName(
        Optional.ofNullable(matcher.group("namespace")), matcher.group("name"));
  }
}
