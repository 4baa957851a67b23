package io.podlab.config.directory;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of the sources {@code volume} and {@code directory}. */
@ConfigMapping(prefix = "lab.config")
public interface DirectoryConfig {
  /**
   * A directory with one file for each key, such as a mounted ConfigMap. It must exist. Default:
   * none if {@code LAB_CONFIG_CONFIGMAP} or another active source is set; otherwise {@code
   * $XDG_STATE_HOME/podlab/configmap-service/config}, which the service creates with an example.
   */
  Optional<Path> dir();
}
