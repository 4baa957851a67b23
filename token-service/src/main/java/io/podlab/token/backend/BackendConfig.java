package io.podlab.token.backend;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where tokens are kept. */
@ConfigMapping(prefix = "lab.token")
public interface BackendConfig {
  /**
   * {@code kubernetes}: as Secrets of the cluster; {@code file}: in the state directory. Default:
   * kubernetes in a pod with a service account, file anywhere else.
   */
  Optional<Kind> backend();

  /** As LAB_TOKEN_BACKEND names it. */
  enum Kind {
    KUBERNETES,
    FILE
  }
}
