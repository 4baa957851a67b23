package io.podlab.lab.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Reads the end of log files, and follows them. */
final class Logs {
  private static final int BLOCK = 64 * 1024;

  private Logs() {}

  /** The last lines of a file; empty if it cannot be read. */
  static List<String> last(Path file, int lines) {
    List<String> read = new ArrayList<>();
    try (Reader reader = new Reader(file, lines)) {
      reader.read(read::add);
      reader.rest(read::add);
    } catch (IOException notThere) {
      return List.of();
    }
    return read;
  }

  /** The position of the last lines. Reads backwards, because a log may exceed the memory. */
  static long beginOfLast(FileChannel channel, int lines) throws IOException {
    long end = channel.size();
    if (lines == 0) {
      return end;
    }
    int found = 0;
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    for (long from = Math.max(0, end - BLOCK), to = end;
        to > 0;
        to = from, from = Math.max(0, from - BLOCK)) {
      block.clear().limit((int) (to - from));
      while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {}
      for (int index = block.position() - 1; index >= 0; index--) {
        // The newline at the end of the file does not start a line.
        if (block.get(index) == '\n' && from + index != end - 1 && ++found == lines) {
          return from + index + 1;
        }
      }
    }
    return 0;
  }

  /** Reads the lines of one log. Continues with the new file when the service is restarted. */
  static final class Reader implements AutoCloseable {
    static final int ALL = Integer.MAX_VALUE;

    private final Path file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
    private FileChannel channel;
    private Object key;

    Reader(Path file, int lastLines) throws IOException {
      this.file = file;
      open();
      channel.position(lastLines == ALL ? 0 : beginOfLast(channel, lastLines));
    }

    private void open() throws IOException {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      key = keyOf(file);
    }

    private static Object keyOf(Path file) throws IOException {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Reads the lines that were completed since the last call. */
    void read(Consumer<String> eachLine) throws IOException {
      while (channel.read(block.clear()) > 0) {
        block.flip();
        while (block.hasRemaining()) {
          byte next = block.get();
          if (next != '\n') {
            line.write(next);
          }
          // Limits the memory if a program never ends its line.
          if (next == '\n' || line.size() == BLOCK) {
            emit(eachLine);
          }
        }
      }
    }

    /** Reads the last line if it has no newline yet. */
    void rest(Consumer<String> eachLine) {
      if (line.size() > 0) {
        emit(eachLine);
      }
    }

    /** Like {@link #read}, and starts with a new log file if there is one. */
    void follow(Consumer<String> eachLine) throws IOException {
      read(eachLine);
      if (Files.exists(file) && !Objects.equals(keyOf(file), key)) {
        rest(eachLine);
        channel.close();
        open();
        read(eachLine);
      }
    }

    private void emit(Consumer<String> eachLine) {
      eachLine.accept(line.toString(StandardCharsets.UTF_8).stripTrailing());
      line.reset();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
