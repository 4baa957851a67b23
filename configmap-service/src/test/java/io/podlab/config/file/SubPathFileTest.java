package io.podlab.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.config.source.Reading;
import io.podlab.kit.testing.SettableClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubPathFileTest {
  @TempDir Path directory;
  private Path path;
  private SubPathFile file;

  @BeforeEach
  void write() throws IOException {
    path = Files.writeString(directory.resolve("greeting"), "a");
    file = new SubPathFile(path, new SettableClock());
  }

  private Map<String, String> data() {
    return ((Reading.Content) file.look().reading()).snapshot().data();
  }

  @Test
  void hasItsNameAsItsKey() {
    assertThat(data()).isEqualTo(Map.of("greeting", "a"));
  }

  @Test
  void followsItsContent() throws IOException {
    // Given
    file.look();
    Files.writeString(path, "b");

    // When, Then
    assertThat(data()).isEqualTo(Map.of("greeting", "b"));
  }

  @Test
  void givesTheSameReadingWhileNothingChanges() {
    assertThat(file.look().reading()).isSameAs(file.look().reading());
  }

  @Test
  void isGoneWhenItIsRemoved() throws IOException {
    // Given
    Files.delete(path);

    // When, Then
    assertThat(file.look().reading()).isEqualTo(new Reading.Gone(path + " does not exist"));
  }

  @Test
  void refusesADirectory() throws IOException {
    // Given
    Files.delete(path);
    Files.createDirectory(path);

    // When, Then
    assertThat(file.look().reading()).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void refusesTwoMebibytes() throws IOException {
    // Given
    Files.write(path, new byte[2 * 1024 * 1024]);

    // When, Then
    assertThat(file.look().reading()).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void refusesAPathThatHasNoName() {
    assertThatThrownBy(() -> new SubPathFile(Path.of("/"), new SettableClock()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("LAB_CONFIG_SUBPATH_FILE is invalid: '/' ");
  }
}
