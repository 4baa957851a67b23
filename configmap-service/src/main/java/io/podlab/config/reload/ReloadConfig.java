package io.podlab.config.reload;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the configuration comes from. */
@ConfigMapping(prefix = "lab.config")
public interface ReloadConfig {
  /**
   * A directory with a file a key, such as a mounted ConfigMap; it must exist. Default {@code
   * $XDG_STATE_HOME/podlab/configmap-service/config}, which is made on first start, with an
   * example.
   */
  Optional<Path> dir();
}
