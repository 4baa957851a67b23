package io.podlab.config.directory;

import io.podlab.kit.state.FileFailure;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory that the service uses without a cluster and without settings. */
public final class ExampleDirectory {
  private ExampleDirectory() {}

  /** Creates the directory with an example. An existing directory stays as it is. */
  public static Path prepared(Path directory) {
    if (Files.isDirectory(directory)) {
      return directory;
    }
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("greeting"), "Hello from a file\n");
      Files.writeString(directory.resolve("color"), "#326ce5\n");
      Files.writeString(directory.resolve("features.shout"), "false\n");
    } catch (IOException e) {
      throw new ConfigurationException(
          "cannot write the example to %s (%s); set LAB_CONFIG_DIR or XDG_STATE_HOME to another directory"
              .formatted(directory, FileFailure.reason(directory, e)));
    }
    return directory;
  }
}
