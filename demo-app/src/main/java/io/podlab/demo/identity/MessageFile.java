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
      throw new IOException("it is not a regular file");
    }
    try (InputStream content = Files.newInputStream(path)) {
      String text = utf8(content.readNBytes(MOST_BYTES));
      return Optional.ofNullable(new VersionMarkConfig.Message().convert(text.strip()));
    } catch (NoSuchFileException absent) {
      throw new IOException("there is no such file", absent);
    } catch (AccessDeniedException denied) {
      throw new IOException("it may not be read", denied);
    } catch (CharacterCodingException otherEncoding) {
      throw new IOException("it is not UTF-8; save it as UTF-8", otherEncoding);
    } catch (IllegalArgumentException refused) {
      throw new IOException(refused.getMessage(), refused);
    }
  }

  /** Without the byte order mark that editors on Windows write. */
  private static String utf8(byte[] content) throws CharacterCodingException {
    CharBuffer text = CharBuffer.allocate(content.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            // A character that the limit cuts in half is too long, not wrong.
            .decode(ByteBuffer.wrap(content), text, content.length < MOST_BYTES);
    if (result.isError()) {
      result.throwException();
    }
    return text.flip().toString().replaceFirst("^\uFEFF", "");
  }
}
