package io.podlab.config.check;

import io.podlab.config.source.Reading;

/** The ConfigMap that the service reads through the API, as the API last gave it. */
record Live(String namespace, String name, Reading.Content content) {
  /** What the service reads: {@code namespace/name}. */
  static Live of(String origin, Reading.Content content) {
    int slash = origin.indexOf('/');
    return new Live(origin.substring(0, slash), origin.substring(slash + 1), content);
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
