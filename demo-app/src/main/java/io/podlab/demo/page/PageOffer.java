package io.podlab.demo.page;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers the stream of the page as server-sent events for any {@code Accept} header. */
final class PageOffer {
  @Produces
  @Singleton
  static Offer offer() {
    return Offer.always(PageResource.PATH, Representation.EVENTS);
  }
}
