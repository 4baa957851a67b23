package io.podlab.kit.http;

import java.util.List;
import java.util.Optional;

/**
 * The representations of a path, if they are not just text and JSON. The feature that serves the
 * path produces a bean of this type, and {@link Negotiation} applies it.
 *
 * @param path a template; a parameter such as {@code {probe}} matches one segment
 * @param representations in order of preference; a client without a preference gets the first
 * @param fallback for a client that accepts none of them; without it such a client gets 406
 */
public record Offer(
    String path, List<Representation> representations, Optional<Representation> fallback) {
  public Offer {
    representations = List.copyOf(representations);
    if (representations.isEmpty()) {
      throw new IllegalArgumentException("an offer has no representation: " + path);
    }
  }

  /** A path that answers 406 if the client accepts none of its representations. */
  public static Offer of(String path, Representation... representations) {
    return new Offer(path, List.of(representations), Optional.empty());
  }

  /**
   * A path that never answers 406: it sends the first representation if the client accepts none of
   * them. For probes and hooks, whose clients look at the status only.
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
