package io.podlab.demo.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageFileTest {
  @TempDir Path directory;
  private Path path;
  private MessageFile file;

  @BeforeEach
  void create() {
    path = directory.resolve("message");
    file = new MessageFile(path);
  }

  @Test
  void isALineWithoutWhatEditorsPutAround() throws IOException {
    // When
    Files.writeString(path, "  second version\n");

    // Then
    assertThat(file.read()).contains("second version");
  }

  @Test
  void mayBeBlank() throws IOException {
    // When
    Files.writeString(path, "\n");

    // Then
    assertThat(file.read()).isEmpty();
  }

  @Test
  void isRefusedWhereItIsAPage() throws IOException {
    // When
    Files.writeString(path, "x".repeat(100_000));

    // Then
    assertThatIOException().isThrownBy(file::read).withMessage("it has at most 200 characters");
  }

  @Test
  void isRefusedWhereThereIsNone() {
    assertThatIOException().isThrownBy(file::read).withMessage("there is no such file");
  }

  @Test
  void isRefusedWhereItIsADirectory() throws IOException {
    // When
    Files.createDirectory(path);

    // Then
    assertThatIOException().isThrownBy(file::read).withMessage("it is no regular file");
  }

  @Test
  void cannotMoveTheCursor() throws IOException {
    // When
    Files.writeString(path, "a\u001b[2Jb");

    // Then
    assertThat(file.read()).contains("a\uFFFD[2Jb");
  }
}
