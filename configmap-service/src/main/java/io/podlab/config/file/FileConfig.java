package io.podlab.config.file;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The file. */
@ConfigMapping(prefix = "lab.config")
public interface FileConfig {
  /** A file whose name is a key, such as one mounted by {@code subPath}. Default: none. */
  Optional<Path> subpathFile();
}
