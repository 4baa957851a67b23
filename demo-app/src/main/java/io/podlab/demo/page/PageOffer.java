package io.podlab.demo.page;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The page's stream is server-sent events, whatever the client accepts. */
final class PageOffer {
  @Produces
  @Singleton
  static Offer offer() {
    return Offer.always(PageResource.PATH, Representation.EVENTS);
  }
}
