package io.podlab.token.file;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The API server of join commands with the file backend. */
@ConfigMapping(prefix = "lab.token")
public interface FileConfig {
  /**
   * {@code host:port} of the API server in join commands. Default: the address that {@code kubeadm
   * init} would advertise on this machine, which is that of the default route's interface, with
   * port 6443. A machine without a default route has no default.
   */
  Optional<String> endpoint();
}
