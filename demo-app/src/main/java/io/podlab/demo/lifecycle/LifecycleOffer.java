package io.podlab.demo.lifecycle;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers the timeline also as a stream of server-sent events. */
final class LifecycleOffer {
  @Produces
  @Singleton
  static Offer offer() {
    return Offer.of(
        LifecycleResource.PATH, Representation.TEXT, Representation.JSON, Representation.EVENTS);
  }
}
