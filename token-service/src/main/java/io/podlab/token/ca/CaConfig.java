package io.podlab.token.ca;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The certificate authority without a cluster. */
@ConfigMapping(prefix = "lab.token")
public interface CaConfig {
  /**
   * File with one or more CA certificates as PEM, or as the base64 of a kubeconfig, for example
   * {@code /etc/kubernetes/pki/ca.crt}. Default: on first start the service creates its own CA in
   * the state directory.
   */
  Optional<Path> caFile();
}
