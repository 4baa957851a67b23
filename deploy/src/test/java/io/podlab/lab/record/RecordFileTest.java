package io.podlab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RecordFileTest {
  private static final Instant TIME = Instant.parse("2026-11-27T09:10:00Z");
  private static final int RESULTS = 200;

  @TempDir Path folder;

  private static RecordedResult result(String lesson) {
    return new RecordedResult(TIME, lesson, Outcome.PASSED, "uid");
  }

  /** Adds results, as one of several processes. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      for (int i = 0; i < RESULTS; i++) {
        new RecordFile(Path.of(arguments[0])).add(result(arguments[1] + i));
      }
    }
  }

  @Test
  void concurrentPlaysLoseNothing() throws Exception {
    // Given
    Path file = folder.resolve("state/record.jsonl");
    ExecutorService writers = Executors.newFixedThreadPool(4);

    // When
    List<Future<Command.Result>> processes = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      processes.add(
          writers.submit(
              () ->
                  Command.of(
                          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                          "-cp",
                          System.getProperty("java.class.path"),
                          Writer.class.getName(),
                          file.toString(),
                          name)
                      .run()));
    }
    for (String name : List.of("c", "d")) {
      writers.submit(
          () -> {
            Writer.main(new String[] {file.toString(), name});
            return null;
          });
    }
    writers.shutdown();

    // Then
    for (Future<Command.Result> process : processes) {
      assertThat(process.get().exitCode()).as(process.get().err()).isZero();
    }
    assertThat(writers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    RecordFile.Content content = new RecordFile(file).read();
    assertThat(content.damaged()).isEmpty();
    assertThat(content.results().stream().map(RecordedResult::lesson).distinct())
        .hasSize(4 * RESULTS);
  }

  @Test
  void aLineKeepsItsFields() throws Exception {
    // Given
    RecordFile file = new RecordFile(folder.resolve("record.jsonl"));

    // When
    file.add(result("liveness-http"));

    // Then
    assertThat(file.read().results()).containsExactly(result("liveness-http"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{\"lesson\": \"a\"}",
        "{\"time\":\"2026-11-27T09:10:00Z\",\"lesson\":\"a\",\"outcome\":\"\\u001b[2J\","
            + "\"cluster\":\"c\"}"
      })
  void whatIsNotAResultIsCountedAsDamaged(String line) throws Exception {
    // Given
    Path path = folder.resolve("record.jsonl");
    Files.writeString(path, line + "\n");
    RecordFile file = new RecordFile(path);
    file.add(result("b"));

    // When
    RecordFile.Content content = file.read();

    // Then
    assertThat(content.damaged()).containsExactly(1);
    assertThat(content.results()).containsExactly(result("b"));
  }
}
