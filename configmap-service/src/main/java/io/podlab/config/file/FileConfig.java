package io.podlab.config.file;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of the source {@code subpath}. */
@ConfigMapping(prefix = "lab.config")
public interface FileConfig {
  /**
   * The path of a file whose name is a key, such as a file mounted with {@code subPath}. The file
   * can appear later. Default: none.
   */
  Optional<Path> subpathFile();
}
