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

/** Reads log files: their end, and what is added to them. */
final class Logs {
  private static final int BLOCK = 64 * 1024;

  private Logs() {}

  /** The last lines of it; none if it cannot be read. */
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

  /** Where the last so many lines begin. Reads backwards: a log may be larger than the memory. */
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
        // The newline at the very end ends the last line and begins none.
        if (block.get(index) == '\n' && from + index != end - 1 && ++found == lines) {
          return from + index + 1;
        }
      }
    }
    return 0;
  }

  /** Hands out the lines of one log, and goes on with the new file when a new run begins one. */
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

    /** Every line that has been completed since the last call. */
    void read(Consumer<String> eachLine) throws IOException {
      while (channel.read(block.clear()) > 0) {
        block.flip();
        while (block.hasRemaining()) {
          byte next = block.get();
          if (next != '\n') {
            line.write(next);
          }
          // A program that never ends its line does not get all of this one's memory.
          if (next == '\n' || line.size() == BLOCK) {
            emit(eachLine);
          }
        }
      }
    }

    /** The last line, if it has no end yet. */
    void rest(Consumer<String> eachLine) {
      if (line.size() > 0) {
        emit(eachLine);
      }
    }

    /** As {@link #read}, and the begin of the next run's log if there is one now. */
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
