package io.podlab.config.check;

import io.podlab.config.source.Reading;
import java.util.Optional;

/**
 * The ConfigMap that the service reads through the API.
 *
 * @param content as the API last gave it; absent while there is none, or none can be read
 */
record Live(String namespace, String name, Optional<Reading.Content> content) {
  /** What the service reads: {@code namespace/name}. */
  static Live of(String origin, Reading reading) {
    int slash = origin.indexOf('/');
    return new Live(
        origin.substring(0, slash),
        origin.substring(slash + 1),
        reading instanceof Reading.Content content ? Optional.of(content) : Optional.empty());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }

  /** Whether kubectl would write this one; without a namespace it takes the one it is told. */
  boolean is(Manifest manifest) {
    return manifest.name().equals(name)
        && (manifest.namespace().isEmpty() || manifest.namespace().equals(namespace));
  }
}
