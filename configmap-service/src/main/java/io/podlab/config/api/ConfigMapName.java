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

  /**
   * @throws IllegalArgumentException that says what is accepted
   */
  public static ConfigMapName of(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("accepted: the name of a ConfigMap, or NAMESPACE/NAME");
    }
    return new ConfigMapName(
        Optional.ofNullable(matcher.group("namespace")), matcher.group("name"));
  }
}
