package io.podlab.kit.http;

import java.util.Set;
import java.util.TreeSet;

/**
 * The methods that a path takes: besides its own {@code HEAD}, where it takes {@code GET}, and
 * {@code OPTIONS}.
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

  /** Those of two paths that both match, as {@code /faults/hang} and {@code /faults/{name}}. */
  Methods union(Methods others) {
    Set<String> both = new TreeSet<>(names);
    both.addAll(others.names);
    return new Methods(both);
  }

  boolean contains(String method) {
    return names.contains(method);
  }

  /** As the header {@code Allow} lists them: {@code GET, HEAD, OPTIONS}. */
  String allow() {
    return String.join(", ", names);
  }

  /** The 405, which is to be sent with {@link #allow()}. Without the path: it may hold a secret. */
  Problem notAllowed() {
    return new Problem(
        "Method Not Allowed", 405, "this path does not take this method", null, allow());
  }
}
