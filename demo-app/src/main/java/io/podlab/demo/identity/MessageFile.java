package io.podlab.demo.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file with the message. It can change while the process runs. */
record MessageFile(Path path) {
  private static final int MOST_BYTES = 4 * 1024;

  /**
   * Reads the current message; empty if the file is blank.
   *
   * @throws IOException if the file has no valid message, with the reason
   */
  Optional<String> read() throws IOException {
    // Opening a named pipe blocks.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("not a regular file");
    }
    try (InputStream content = Files.newInputStream(path)) {
      String text = utf8(content.readNBytes(MOST_BYTES));
      return Optional.ofNullable(new VersionMarkConfig.Message().convert(text.strip()));
    } catch (NoSuchFileException absent) {
      throw new IOException("the file does not exist", absent);
    } catch (AccessDeniedException denied) {
      throw new IOException("permission denied", denied);
    } catch (CharacterCodingException otherEncoding) {
      throw new IOException("not UTF-8; save the file as UTF-8", otherEncoding);
    } catch (IllegalArgumentException refused) {
      throw new IOException("the message " + refused.getMessage(), refused);
    }
  }

  /** Decodes, and removes the byte order mark that editors on Windows write. */
  private static String utf8(byte[] content) throws CharacterCodingException {
    CharBuffer text = CharBuffer.allocate(content.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            // The limit can cut a character in half, which is not an encoding error.
            .decode(ByteBuffer.wrap(content), text, content.length < MOST_BYTES);
    if (result.isError()) {
      result.throwException();
    }
    return text.flip().toString().replaceFirst("^\uFEFF", "");
  }
}
