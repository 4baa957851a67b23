package io.podlab.demo.page;

import io.podlab.demo.content.ContentConfig;
import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The representations of {@code GET /} and of the page's stream. */
final class Offers {
  /** Where there is content, it is what a browser gets. */
  @Produces
  @Singleton
  static Offer index(ContentConfig content) {
    return content.content().isPresent()
        ? Offer.of("/", Representation.TEXT, Representation.JSON)
        : Offer.of("/", Representation.TEXT, Representation.JSON, Representation.HTML);
  }

  /** Server-sent events, whatever the client accepts. */
  @Produces
  @Singleton
  static Offer events() {
    return Offer.of(PageResource.PATH, Representation.EVENTS);
  }
}
