package io.podlab.kit.http;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The representations of a path that has others than text and JSON. The feature that serves the
 * path produces a bean of this type; {@link Negotiation} collects them.
 *
 * @param path matches the whole path of a request
 * @param representations all that there are, in order of preference: the first one is the answer
 *     for a client that does not care. A path with a single one is answered so, whatever the client
 *     accepts
 */
public record Offer(Pattern path, List<Representation> representations) {
  public Offer {
    representations = List.copyOf(representations);
    if (representations.isEmpty()) {
      throw new IllegalArgumentException("an offer needs a representation: " + path);
    }
  }

  /**
   * @param path a regular expression
   */
  public static Offer of(String path, Representation... representations) {
    return new Offer(Pattern.compile(path), List.of(representations));
  }

  boolean isFor(String path) {
    return this.path.matcher(path).matches();
  }
}
