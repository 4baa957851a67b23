package io.podlab.kit.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The representations of a path that has others than text and JSON. The feature that serves the
 * path produces a bean of this type; {@link Negotiation} collects them.
 *
 * @param path matches the whole path of a request
 * @param representations all that there are, in order of preference: the first one is the answer
 *     for a client that does not care
 * @param fallback the answer for a client that accepts none of them; without it that is a 406
 */
public record Offer(
    Pattern path, List<Representation> representations, Optional<Representation> fallback) {
  public Offer {
    representations = List.copyOf(representations);
    if (representations.isEmpty()) {
      throw new IllegalArgumentException("an offer needs a representation: " + path);
    }
  }

  /**
   * A path that has a choice of representations.
   *
   * @param path a regular expression
   */
  public static Offer of(String path, Representation... representations) {
    return new Offer(Pattern.compile(path), List.of(representations), Optional.empty());
  }

  /**
   * A path that is answered in one way, whatever the client accepts.
   *
   * @param path a regular expression
   */
  public static Offer only(String path, Representation representation) {
    return new Offer(Pattern.compile(path), List.of(representation), Optional.of(representation));
  }

  boolean isFor(String path) {
    return this.path.matcher(path).matches();
  }

  boolean hasChoice() {
    return representations.size() > 1;
  }
}
