package io.podlab.token.backend;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where the service stores tokens. */
@ConfigMapping(prefix = "lab.token")
public interface BackendConfig {
  /**
   * {@code kubernetes}: in Secrets of the cluster; {@code file}: in a file of the state directory.
   * Default: kubernetes in a pod with a service account, else file.
   */
  Optional<Kind> backend();

  /** The values of {@code LAB_TOKEN_BACKEND}. */
  enum Kind {
    KUBERNETES,
    FILE
  }
}
