package io.podlab.board.timeline;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** {@code /moments} is also available as a stream; {@code /recording.json} is always JSON. */
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
