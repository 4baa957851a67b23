package io.podlab.config.check;

import io.podlab.kit.http.LargerBody;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * The limits for the body of {@code POST /config/check}. They are larger than a ConfigMap, so that
 * the answer can explain that a ConfigMap is too large.
 */
final class CheckBody {
  static final int MOST_BYTES = 3 * 1024 * 1024;

  /** More bodies do not fit into the container's memory. */
  static final int MOST_AT_ONCE = 2;

  @Produces
  @Singleton
  static LargerBody body() {
    return new LargerBody(CheckResource.PATH, MOST_BYTES, MOST_AT_ONCE);
  }
}
