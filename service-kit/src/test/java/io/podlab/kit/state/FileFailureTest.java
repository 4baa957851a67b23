package io.podlab.kit.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFailureTest {
  @TempDir Path directory;

  @Test
  void explainsFailuresWithoutExceptionNames() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("file"), "");

    // Then
    assertThat(FileFailure.reason(directory.resolve("absent"), new NoSuchFileException("x")))
        .isEqualTo("the directory does not exist");
    assertThat(FileFailure.reason(directory, new NoSuchFileException("/state/x")))
        .isEqualTo("/state/x does not exist");
    assertThat(FileFailure.reason(file, new IOException("x"))).isEqualTo("it is not a directory");
    assertThat(FileFailure.reason(directory, new FileAlreadyExistsException("/state")))
        .isEqualTo("/state is not a directory");
    assertThat(FileFailure.reason(directory, new AccessDeniedException("/state/x")))
        .isEqualTo("no permission for /state/x");
    assertThat(
            FileFailure.reason(
                directory, new FileSystemException("x", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(FileFailure.reason(directory, new IOException("fsync failed")))
        .isEqualTo("fsync failed");
  }

  @Test
  void namesTheTypeOfAnUnexpectedFailure() {
    assertThat(FileFailure.reason(directory, new IllegalStateException("closed")))
        .isEqualTo("java.lang.IllegalStateException: closed");
  }
}
