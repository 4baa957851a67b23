package io.podlab.config.check;

import io.podlab.kit.http.LargerBody;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What is too long for a ConfigMap has to arrive, to be told so. */
final class CheckBody {
  static final int MOST_BYTES = 3 * 1024 * 1024;

  /** More do not fit into the memory of the container. */
  static final int MOST_AT_ONCE = 2;

  @Produces
  @Singleton
  static LargerBody body() {
    return new LargerBody(CheckResource.PATH, MOST_BYTES, MOST_AT_ONCE);
  }
}
