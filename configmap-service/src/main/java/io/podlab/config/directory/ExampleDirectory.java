package io.podlab.config.directory;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory that stands in for a ConfigMap where there is no cluster. */
public final class ExampleDirectory {
  private ExampleDirectory() {}

  /** Fills the directory with an example unless it exists: what a person put there stays. */
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
          "no example can be written to %s (%s); LAB_CONFIG_DIR names another directory"
              .formatted(directory, e));
    }
    return directory;
  }
}
