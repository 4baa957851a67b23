package io.podlab.config.comparison;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** {@code /sources} has a page for browsers. {@code /sources/stream} is always a stream. */
final class SourcesOffers {
  @Produces
  @Singleton
  static Offer comparison() {
    return Offer.of("/sources", Representation.TEXT, Representation.JSON, Representation.HTML);
  }

  @Produces
  @Singleton
  static Offer stream() {
    return Offer.always("/sources/stream", Representation.EVENTS);
  }
}
