package io.podlab.token.ca;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Which certificate authority the service speaks for. */
@ConfigMapping(prefix = "lab.token")
public interface CaConfig {
  /**
   * File with one or more CA certificates in PEM form, or in the base64 of a kubeconfig, for
   * example {@code /etc/kubernetes/pki/ca.crt}. Without it the service makes a CA of its own on
   * first start and keeps it in the state directory.
   */
  Optional<Path> caFile();
}
