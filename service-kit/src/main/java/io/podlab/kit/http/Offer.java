package io.podlab.kit.http;

import java.util.List;
import java.util.Optional;

/**
 * The representations of a path that has others than text and JSON, or that is answered whatever
 * its client accepts. The feature that serves the path produces a bean of this type; {@link
 * Negotiation} collects them.
 *
 * @param path of a request; a parameter such as {@code {probe}} is one segment
 * @param representations all that there are, in order of preference: the first one is the answer
 *     for a client that does not care
 * @param fallback the answer for a client that accepts none of them; without it that is a 406
 */
public record Offer(
    String path, List<Representation> representations, Optional<Representation> fallback) {
  public Offer {
    representations = List.copyOf(representations);
    if (representations.isEmpty()) {
      throw new IllegalArgumentException("an offer needs a representation: " + path);
    }
  }

  /** A path that has a choice of representations. */
  public static Offer of(String path, Representation... representations) {
    return new Offer(path, List.of(representations), Optional.empty());
  }

  /**
   * A path that is answered whatever the client accepts: with the first representation if it
   * accepts none of them. For probes and hooks, whose client looks at the status only.
   */
  public static Offer always(String path, Representation... representations) {
    return new Offer(path, List.of(representations), Optional.of(representations[0]));
  }

  boolean hasStream() {
    return hasChoice() && representations.contains(Representation.EVENTS);
  }

  private boolean hasChoice() {
    return representations.size() > 1;
  }
}
