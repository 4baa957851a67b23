package io.podlab.config.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleDirectoryTest {
  @TempDir Path temporary;

  @Test
  void makesAnExampleOnFirstStart() {
    // When
    Path directory = ExampleDirectory.prepared(temporary.resolve("not/there/yet"));

    // Then
    assertThat(directory.resolve("greeting")).hasContent("Hello from a file\n");
  }

  @Test
  void leavesADirectoryThatExistsAlone() {
    // When
    ExampleDirectory.prepared(temporary);

    // Then
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void refusesAPathThatIsAFile() throws IOException {
    // Given
    Path file = Files.writeString(temporary.resolve("file"), "");

    // When, Then
    assertThatThrownBy(() -> ExampleDirectory.prepared(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("cannot write the example to " + file + " (")
        .hasMessageContaining("set LAB_CONFIG_DIR ");
  }
}
