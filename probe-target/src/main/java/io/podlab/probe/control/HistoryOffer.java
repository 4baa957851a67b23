package io.podlab.probe.control;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** A probe's history is also a stream, for clients that ask for one. */
final class HistoryOffer {
  @Produces
  @Singleton
  static Offer offer() {
    return Offer.of(
        "/probes/{probe}/history", Representation.TEXT, Representation.JSON, Representation.EVENTS);
  }
}
