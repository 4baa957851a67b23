package io.podlab.kit.http;

import java.util.Set;
import java.util.TreeSet;

/**
 * The methods that a path accepts. {@code OPTIONS} is always one of them, and {@code GET} adds
 * {@code HEAD}.
 */
final class Methods {
  private final Set<String> names;

  Methods(Set<String> own) {
    names = new TreeSet<>(own);
    names.add("OPTIONS");
    if (own.contains("GET")) {
      names.add("HEAD");
    }
  }

  /**
   * Combines the methods of two templates that match the same path, such as {@code /faults/hang}
   * and {@code /faults/{name}}.
   */
  Methods union(Methods others) {
    Set<String> both = new TreeSet<>(names);
    both.addAll(others.names);
    return new Methods(both);
  }

  boolean contains(String method) {
    return names.contains(method);
  }

  /** The value of the {@code Allow} header, for example {@code GET, HEAD, OPTIONS}. */
  String allow() {
    return String.join(", ", names);
  }

  /**
   * The 405; send it with an {@code Allow} header. It omits the path, which can contain a secret.
   */
  Problem notAllowed() {
    return new Problem(
        "Method Not Allowed", 405, "this path does not accept this method", null, allow());
  }
}
