package io.podlab.lab.record;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.podlab.lab.local.StateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The results of all plays of a user, one JSON object per line. Results are only appended, so
 * concurrent plays lose nothing, and a damaged line damages no other line.
 */
public final class RecordFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          // A newer version may add fields.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Path file;

  public RecordFile(Path file) {
    this.file = file;
  }

  /** {@code $XDG_STATE_HOME/podlab/play/record.jsonl}. */
  public static RecordFile ofThisUser() {
    return new RecordFile(StateFolder.ofThisUser().ofPlays().root().resolve("record.jsonl"));
  }

  public Path path() {
    return file;
  }

  /** Appends a result. A lock keeps the lines of other plays apart, also on a network drive. */
  public void add(RecordedResult result) throws IOException {
    byte[] line = (JSON.writeValueAsString(result) + "\n").getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(file.getParent());
    // The threads of this process share its lock on the file.
    synchronized (RecordFile.class) {
      try (FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.lock();
        ByteBuffer next = ByteBuffer.allocate(line.length + 1);
        if (!endsWithLine(channel)) {
          next.put((byte) '\n');
        }
        next.put(line).flip();
        channel.position(channel.size());
        while (next.hasRemaining()) {
          channel.write(next);
        }
      }
    }
  }

  /** False if a play was killed while it wrote. */
  private static boolean endsWithLine(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.size() == 0
        || channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n';
  }

  /**
   * The results in the order of their ends.
   *
   * @param damaged the numbers of the lines that are not results
   */
  public record Content(List<RecordedResult> results, List<Integer> damaged) {
    public Content {
      results = List.copyOf(results);
      damaged = List.copyOf(damaged);
    }
  }

  /** Reads the file. A missing file has no results. */
  public Content read() throws IOException {
    List<RecordedResult> results = new ArrayList<>();
    List<Integer> damaged = new ArrayList<>();
    int number = 0;
    for (String line : text().lines().toList()) {
      number++;
      Optional<RecordedResult> result = parse(line);
      if (result.isPresent()) {
        results.add(result.get());
      } else {
        damaged.add(number);
      }
    }
    return new Content(results, damaged);
  }

  private static Optional<RecordedResult> parse(String line) {
    try {
      return Optional.ofNullable(JSON.readValue(line, RecordedResult.class));
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  /** Invalid UTF-8 becomes text that is not a result. */
  private String text() throws IOException {
    synchronized (RecordFile.class) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        channel.lock(0, Long.MAX_VALUE, true);
        return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      } catch (NoSuchFileException none) {
        return "";
      }
    }
  }
}
