package io.podlab.token.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** How callers are known, and what may be left open. */
@ConfigMapping(prefix = "lab.token")
public interface AccessConfig {
  /**
   * On a cluster: the audiences, one of which a caller's token must be made for. Without it, those
   * of the API server, for which {@code kubectl create token} and a pod's own token are made.
   */
  Optional<List<String>> audiences();

  /**
   * Without a cluster: {@code true} lets the service listen without TLS on an address that others
   * reach, and with it the admin token travel in the clear. Default {@code false}.
   */
  @WithDefault("false")
  boolean insecure();
}
