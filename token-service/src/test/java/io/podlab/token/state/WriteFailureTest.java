package io.podlab.token.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteFailureTest {
  @TempDir Path directory;

  @Test
  void explainsFailuresWithoutExceptionNames() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("file"), "");

    // Then
    assertThat(WriteFailure.reason(directory.resolve("absent"), new IOException("x")))
        .isEqualTo("the directory does not exist");
    assertThat(WriteFailure.reason(file, new IOException("x"))).isEqualTo("it is not a directory");
    assertThat(WriteFailure.reason(directory, new AccessDeniedException("x")))
        .isEqualTo("the service has no write permission");
    assertThat(
            WriteFailure.reason(
                directory, new FileSystemException("x", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(WriteFailure.reason(directory, new IOException("fsync failed")))
        .isEqualTo("fsync failed");
  }
}
