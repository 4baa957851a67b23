package io.podlab.config.api;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The ConfigMap. */
@ConfigMapping(prefix = "lab.config")
public interface ApiConfig {
  /**
   * The one ConfigMap to watch, as {@code name} in the namespace of the pod or of the kubeconfig's
   * context, or as {@code namespace/name}. Default: none, and the API is not used.
   */
  Optional<ConfigMapName> configmap();
}
