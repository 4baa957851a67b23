package io.podlab.kit.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class TerminationLogTest {
  @TempDir Path directory;

  @Test
  void replacesAnEarlierMessage() throws IOException {
    // Given
    Path file =
        Files.writeString(directory.resolve("log"), "a longer message of an earlier exit\n");

    // When
    TerminationLog.write(file, "served 1");

    // Then
    assertThat(file).hasContent("served 1\n");
  }

  @Test
  void doesNotCreateTheFile() {
    // Given
    Path file = directory.resolve("none");

    // When
    TerminationLog.write(file, "served 1");

    // Then
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @NullAndEmptySource
  void isTheFileOfTheKubeletByDefault(String given) {
    assertThat(TerminationLog.file(given)).hasToString("/dev/termination-log");
  }

  @Test
  void ignoresAnErrorOfTheFileSystem() {
    assertThatNoException().isThrownBy(() -> TerminationLog.write(directory, "served 1"));
  }
}
