package io.podlab.demo.lifecycle;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The timeline is also a stream, for clients that ask for one. */
final class LifecycleOffer {
  @Produces
  @Singleton
  static Offer offer() {
    return Offer.of(
        LifecycleResource.PATH, Representation.TEXT, Representation.JSON, Representation.EVENTS);
  }
}
