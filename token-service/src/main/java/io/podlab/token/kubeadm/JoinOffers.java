package io.podlab.token.kubeadm;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The paths that also answer with a YAML file for {@code kubeadm join}. */
final class JoinOffers {
  private JoinOffers() {}

  @Produces
  @Singleton
  static Offer newToken() {
    return commandOrFile("/tokens/join-command");
  }

  @Produces
  @Singleton
  static Offer existingToken() {
    return commandOrFile("/tokens/{id}/join-command");
  }

  private static Offer commandOrFile(String path) {
    return Offer.of(path, Representation.TEXT, Representation.JSON, Representation.YAML);
  }

  @Produces
  @Singleton
  static Offer discoveryFile() {
    return Offer.of("/tokens/{id}/discovery-file", Representation.YAML);
  }
}
