package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.config.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastGoodTest {
  private static final Snapshot RED = Snapshot.of(Map.of("color", "red"), Map.of("logo", "/w=="));
  private static final Snapshot BLUE = Snapshot.of(Map.of("color", "blue"), Map.of());

  @TempDir Path directory;
  private LastGood lastGood;
  private Path file;

  @BeforeEach
  void write() {
    lastGood = LastGood.in(directory.resolve("last"));
    lastGood.write(RED);
    file = directory.resolve("last").resolve(LastGood.FILE);
  }

  @Test
  void givesWhatWasWritten() {
    assertThat(lastGood.read()).contains(RED);
  }

  @Test
  void isForItsOwnerAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void hasTheOldContentAfterAFailedWrite() throws IOException {
    // Given: a directory in place of the temporary file.
    Files.createDirectories(file.resolveSibling(LastGood.FILE + ".tmp").resolve("x"));

    // When
    lastGood.write(BLUE);

    // Then
    assertThat(lastGood.read()).contains(RED);
  }

  @Test
  void givesNothingWhoseContentIsDamaged() throws IOException {
    // Given
    Files.writeString(file, Files.readString(file).replace("red", "tan"));

    // When, Then
    assertThat(lastGood.read()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "", "{\"data\": {\"a\": null}}"})
  void givesNothingOfWhatIsNoConfiguration(String content) throws IOException {
    // Given
    Files.writeString(file, content);

    // When, Then
    assertThat(lastGood.read()).isEmpty();
  }
}
