package io.podlab.probe.control;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers the history of a probe as a stream too. */
final class HistoryOffer {
  @Produces
  @Singleton
  static Offer offer() {
    return Offer.of(
        "/probes/{probe}/history", Representation.TEXT, Representation.JSON, Representation.EVENTS);
  }
}
