package io.podlab.board.timeline;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The moments are also a stream; a recording is JSON, whatever its client accepts. */
final class MomentsOffers {
  @Produces
  @Singleton
  static Offer moments() {
    return Offer.of("/moments", Representation.TEXT, Representation.JSON, Representation.EVENTS);
  }

  @Produces
  @Singleton
  static Offer recording() {
    return Offer.always("/recording.json", Representation.JSON);
  }
}
