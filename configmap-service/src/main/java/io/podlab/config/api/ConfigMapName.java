package io.podlab.config.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code name} or {@code namespace/name}. */
public record ConfigMapName(Optional<String> namespace, String name) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "((?<namespace>[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)/)?"
              + "(?<name>[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)");

  /** Found by SmallRye Config, which calls it for a setting of this type. */
  public static ConfigMapName of(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it is the name of a ConfigMap, or NAMESPACE/NAME");
    }
    return new ConfigMapName(
        Optional.ofNullable(matcher.group("namespace")), matcher.group("name"));
  }
}
