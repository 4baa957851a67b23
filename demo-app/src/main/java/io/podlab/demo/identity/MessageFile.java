package io.podlab.demo.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A message that can change while the process runs, since it is in a file. */
record MessageFile(Path path) {
  private static final int MOST_BYTES = 4 * 1024;

  /**
   * The message as it is now; empty if the file is blank.
   *
   * @throws IOException saying why there is none to be had
   */
  Optional<String> read() throws IOException {
    // A named pipe would hold who opens it.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("it is no regular file");
    }
    try (InputStream content = Files.newInputStream(path)) {
      String text = new String(content.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      return Optional.ofNullable(new VersionMarkConfig.Message().convert(text.strip()));
    } catch (NoSuchFileException absent) {
      throw new IOException("there is no such file", absent);
    } catch (AccessDeniedException denied) {
      throw new IOException("it may not be read", denied);
    } catch (IllegalArgumentException tooLong) {
      throw new IOException(tooLong.getMessage(), tooLong);
    }
  }
}
