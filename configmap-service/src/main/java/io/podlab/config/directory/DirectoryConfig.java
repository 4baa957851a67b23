package io.podlab.config.directory;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The directory. */
@ConfigMapping(prefix = "lab.config")
public interface DirectoryConfig {
  /**
   * A directory with a file a key, such as a mounted ConfigMap; it must exist. Without it, and
   * without a ConfigMap to ask the API for, {@code
   * $XDG_STATE_HOME/podlab/configmap-service/config}, which is made on first start, with an
   * example.
   */
  Optional<Path> dir();
}
