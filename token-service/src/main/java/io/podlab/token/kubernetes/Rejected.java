package io.podlab.token.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which malformed Secrets have been warned of: each version of each is worth one line. */
final class Rejected {
  /** Beyond it the oldest are forgotten, and warned of again. */
  static final int MOST = 1_000;

  private final Set<String> versions = new LinkedHashSet<>();

  synchronized boolean isNew(Secret secret) {
    String version =
        secret.getMetadata().getUid() + "/" + secret.getMetadata().getResourceVersion();
    if (!versions.add(version)) {
      return false;
    }
    if (versions.size() > MOST) {
      versions.remove(versions.iterator().next());
    }
    return true;
  }
}
