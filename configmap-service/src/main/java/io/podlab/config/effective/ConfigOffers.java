package io.podlab.config.effective;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The stream of configurations is a stream, whatever its client accepts. */
final class ConfigOffers {
  @Produces
  @Singleton
  static Offer stream() {
    return Offer.always("/config/stream", Representation.EVENTS);
  }
}
