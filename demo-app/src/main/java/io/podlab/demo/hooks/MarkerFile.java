package io.podlab.demo.hooks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The file of a postStart hook. */
final class MarkerFile {
  static final int MOST_BYTES = 64 * 1024;

  private final Path file;

  MarkerFile(Path file) {
    this.file = file;
  }

  /** Empty if the file does not exist or cannot be read. */
  Optional<Marker> read() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return Optional.empty();
      }
      try (InputStream content = Files.newInputStream(file)) {
        return Optional.of(
            new Marker(
                new String(content.readNBytes(MOST_BYTES), StandardCharsets.UTF_8),
                attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MILLIS)));
      }
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /**
   * Writes like {@code echo message > file}.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  void write(String message) {
    try {
      Files.writeString(file, message + "\n");
    } catch (IOException notWritten) {
      throw new UncheckedIOException(notWritten);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
