package io.podlab.lab.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogsTest {
  @TempDir Path temporary;

  private Path log;

  @BeforeEach
  void nameTheLog() {
    log = temporary.resolve("alpha.log");
  }

  @ParameterizedTest
  @CsvSource({"0, ''", "1, c", "2, b c", "3, a b c", "4, a b c"})
  void handsOutTheLastLines(int lines, String expected) throws Exception {
    // Given
    Files.writeString(log, "a\nb\nc\n");

    // When
    List<String> last = Logs.last(log, lines);

    // Then
    assertThat(String.join(" ", last)).isEqualTo(expected);
  }

  @Test
  void findsTheLastLinesOfALogThatIsLargerThanWhatIsReadAtOnce() throws Exception {
    // Given
    String line = "x".repeat(999);
    Files.writeString(log, (line + "\n").repeat(200) + "last\n");

    // When
    List<String> last = Logs.last(log, 151);

    // Then
    assertThat(last).hasSize(151).startsWith(line).endsWith("last");
  }

  @Test
  void aLogThatIsNotThereHasNoLines() {
    // When
    List<String> last = Logs.last(log, 5);

    // Then
    assertThat(last).isEmpty();
  }

  @Test
  void followingHandsOutALineOnceItIsComplete() throws Exception {
    // Given
    Files.writeString(log, "begin");
    List<String> lines = new ArrayList<>();
    try (Logs.Reader reader = new Logs.Reader(log, Logs.Reader.ALL)) {
      reader.read(lines::add);
      assertThat(lines).isEmpty();

      // When
      Files.writeString(log, " end\n", StandardOpenOption.APPEND);
      reader.follow(lines::add);
    }

    // Then
    assertThat(lines).containsExactly("begin end");
  }

  @Test
  void followingGoesOnWithTheNextRun() throws Exception {
    // Given
    Files.writeString(log, "old\n");
    List<String> lines = new ArrayList<>();
    try (Logs.Reader reader = new Logs.Reader(log, 0)) {
      // When
      Files.writeString(log, "last of old\n", StandardOpenOption.APPEND);
      Files.move(log, temporary.resolve("alpha.log.1"));
      Files.writeString(log, "new\n");
      reader.follow(lines::add);
    }

    // Then
    assertThat(lines).containsExactly("last of old", "new");
  }
}
