package io.podlab.token.file;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What the file backend says of the cluster. */
@ConfigMapping(prefix = "lab.token")
public interface FileConfig {
  /**
   * {@code host:port} of the API server that a join command names. Without it, what {@code kubeadm
   * init} on this machine would advertise: the address of the default route's interface, port 6443;
   * nothing on a machine without a default route.
   */
  Optional<String> endpoint();
}
