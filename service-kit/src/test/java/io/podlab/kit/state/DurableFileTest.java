package io.podlab.kit.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void choose() {
    file = directory.resolve("file");
  }

  @Test
  void createsAFile() throws IOException {
    // When
    DurableFile.write(file, "content".getBytes(UTF_8));

    // Then
    assertThat(file).hasContent("content");
  }

  @Test
  void replacesALongerFile() throws IOException {
    // Given
    Files.writeString(file, "a longer content");

    // When
    DurableFile.write(file, "short".getBytes(UTF_8));

    // Then
    assertThat(file).hasContent("short");
  }

  @Test
  void keepsTheOldContentForOpenReaders() throws IOException {
    // Given
    Files.writeString(file, "old");
    try (var reader = Files.newInputStream(file)) {

      // When
      DurableFile.write(file, "new".getBytes(UTF_8));

      // Then
      assertThat(reader.readAllBytes()).asString(UTF_8).isEqualTo("old");
    }
  }

  @Test
  void makesTheFileReadableOnlyForItsOwner() throws IOException {
    // Given
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    // When
    DurableFile.write(file, "new".getBytes(UTF_8));

    // Then
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void replacesATemporaryFileOfACrash() throws IOException {
    // Given
    Path leftover = directory.resolve("file.tmp");
    Files.writeString(leftover, "half of a fi");
    Files.setPosixFilePermissions(leftover, PosixFilePermissions.fromString("r--r--r--"));

    // When
    DurableFile.write(file, "new".getBytes(UTF_8));

    // Then
    assertThat(directory)
        .isDirectoryContaining(file::equals)
        .isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void keepsTheOldContentWhenItCannotWrite() throws IOException {
    // Given
    Files.writeString(file, "old");
    Files.createDirectories(directory.resolve("file.tmp/in-the-way"));

    // When
    assertThatIOException().isThrownBy(() -> DurableFile.write(file, "new".getBytes(UTF_8)));

    // Then
    assertThat(file).hasContent("old");
  }

  @Test
  void acceptsAPathRelativeToTheWorkingDirectory() throws IOException {
    // Given
    Path relative = Path.of("").toAbsolutePath().relativize(file.toAbsolutePath());

    // When
    DurableFile.write(relative, "content".getBytes(UTF_8));

    // Then
    assertThat(file).hasContent("content");
  }

  @Test
  void makesNewParentDirectoriesDurable() throws IOException {
    // Given
    List<Path> forced = new ArrayList<>();

    // When
    DurableFile.createDirectory(directory.resolve("a/b/c"), forced::add);

    // Then
    assertThat(forced).containsExactly(directory, directory.resolve("a"), directory.resolve("a/b"));
    assertThat(directory.resolve("a/b/c")).isDirectory();
  }

  @Test
  void keepsAnExistingDirectory() throws IOException {
    // Given
    List<Path> forced = new ArrayList<>();

    // When
    DurableFile.createDirectory(directory, forced::add);

    // Then
    assertThat(forced).isEmpty();
  }

  @Test
  void reportsNewContentThatMightNotSurviveAPowerFailure() throws IOException {
    // Given
    Files.writeString(file, "old");

    // When
    assertThatExceptionOfType(DurableFile.NotDurableException.class)
        .isThrownBy(
            () ->
                DurableFile.write(
                    file,
                    "new".getBytes(UTF_8),
                    directory -> {
                      throw new IOException("disk failure");
                    }));

    // Then
    assertThat(file).hasContent("new");
  }
}
