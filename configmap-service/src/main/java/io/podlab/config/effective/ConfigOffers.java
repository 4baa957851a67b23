package io.podlab.config.effective;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** {@code /config/stream} is always a stream, independent of the {@code Accept} header. */
final class ConfigOffers {
  @Produces
  @Singleton
  static Offer stream() {
    return Offer.always("/config/stream", Representation.EVENTS);
  }
}
