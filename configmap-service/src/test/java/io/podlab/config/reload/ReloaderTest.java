package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.config.clock.SettableClock;
import io.podlab.config.snapshot.ConfigDirectory;
import io.podlab.config.snapshot.MountedConfigMap;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloaderTest {
  @TempDir Path temporary;
  private final SettableClock clock = new SettableClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Path directory;
  private MountedConfigMap configMap;
  private Reloader reloader;

  @BeforeEach
  void start() throws IOException {
    directory = Files.createDirectory(temporary.resolve("config"));
    configMap = new MountedConfigMap(directory);
    configMap.publish(Map.of("color", "red"));
    reloader = new Reloader(new ConfigDirectory(directory), clock, meters);
  }

  @AfterEach
  void stop() {
    reloader.stop();
  }

  @Test
  void hasTheConfigurationFromTheStart() {
    // When, Then
    assertThat(reloader.loaded().snapshot().data()).isEqualTo(Map.of("color", "red"));
  }

  @Test
  void takesUpAnUpdate() throws IOException {
    // Given
    configMap.publish(Map.of("color", "blue"));

    // When
    reloader.look();

    // Then
    assertThat(reloader.loaded().snapshot().data()).isEqualTo(Map.of("color", "blue"));
  }

  @Test
  void tellsWhenAnUpdateTookEffect() throws IOException {
    // Given
    Instant start = reloader.loaded().at();
    configMap.publish(Map.of("color", "blue"));
    clock.advance(Duration.ofMinutes(1));

    // When
    reloader.look();

    // Then
    assertThat(reloader.loaded().at()).isEqualTo(start.plus(Duration.ofMinutes(1)));
  }

  @Test
  void countsAnUpdate() throws IOException {
    // Given
    configMap.publish(Map.of("color", "blue"));

    // When
    reloader.look();
    reloader.look();

    // Then
    assertThat(reloads("success")).isOne();
  }

  @Test
  void changesNothingWhenTheSameIsPublishedAgain() throws IOException {
    // Given
    Loaded before = reloader.loaded();
    configMap.publish(Map.of("color", "red"));
    clock.advance(Duration.ofMinutes(1));

    // When
    reloader.look();

    // Then
    assertThat(reloader.loaded()).isSameAs(before);
  }

  @Test
  void keepsTheLastGoodOneWhenTheNextIsTooLong() throws IOException {
    // Given
    Loaded before = reloader.loaded();
    configMap.publish(Map.of("color", "x".repeat(1024 * 1024 + 1)));

    // When
    reloader.look();

    // Then
    assertThat(reloader.loaded()).isSameAs(before);
  }

  @Test
  void showsThatTheLastAttemptFailed() throws IOException {
    // Given
    configMap.publish(Map.of("color", "x".repeat(1024 * 1024 + 1)));

    // When
    reloader.look();

    // Then
    assertThat(lastReloadSuccessful()).isZero();
  }

  @Test
  void countsWhatItCannotReadOnce() throws IOException {
    // Given
    configMap.publish(Map.of("color", "x".repeat(1024 * 1024 + 1)));

    // When
    reloader.look();
    reloader.look();
    reloader.look();

    // Then
    assertThat(reloads("failure")).isOne();
  }

  @Test
  void recoversWithTheNextGoodUpdate() throws IOException {
    // Given
    configMap.publish(Map.of("color", "x".repeat(1024 * 1024 + 1)));
    reloader.look();
    configMap.publish(Map.of("color", "blue"));

    // When
    reloader.look();

    // Then
    assertThat(reloader.loaded().snapshot().data()).isEqualTo(Map.of("color", "blue"));
    assertThat(lastReloadSuccessful()).isOne();
  }

  @Test
  void keepsTheLastGoodOneWhileTheDirectoryIsAway() throws IOException {
    // Given
    Loaded before = reloader.loaded();
    Files.move(directory, temporary.resolve("away"));

    // When
    reloader.look();

    // Then
    assertThat(reloader.loaded()).isSameAs(before);
    assertThat(lastReloadSuccessful()).isZero();
  }

  @Test
  void isHealthyAgainWhenTheDirectoryIsBackUnchanged() throws IOException {
    // Given
    Files.move(directory, temporary.resolve("away"));
    reloader.look();
    Files.move(temporary.resolve("away"), directory);

    // When
    reloader.look();

    // Then
    assertThat(lastReloadSuccessful()).isOne();
    assertThat(reloads("success")).isZero();
  }

  @Test
  void takesUpWhatChangedWhileTheDirectoryWasAway() throws IOException {
    // Given
    Files.move(directory, temporary.resolve("away"));
    reloader.look();
    new MountedConfigMap(Files.createDirectory(directory)).publish(Map.of("color", "green"));

    // When
    reloader.look();

    // Then
    assertThat(reloader.loaded().snapshot().data()).isEqualTo(Map.of("color", "green"));
  }

  @Test
  void complainsAgainAboutAnotherFailure() throws IOException {
    // Given
    configMap.publish(Map.of("color", "x".repeat(1024 * 1024 + 1)));
    reloader.look();
    Files.move(directory, temporary.resolve("away"));

    // When
    reloader.look();

    // Then
    assertThat(reloads("failure")).isEqualTo(2);
  }

  @Test
  void doesNotStartWithoutAConfiguration() {
    // Given
    Path missing = temporary.resolve("missing");
    SimpleMeterRegistry none = new SimpleMeterRegistry();

    // When, Then
    assertThatThrownBy(() -> new Reloader(new ConfigDirectory(missing), clock, none))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("there is no configuration: " + missing + " is gone");
  }

  private double reloads(String result) {
    return meters
        .get("lab.config.reloads")
        .tag("source", "directory")
        .tag("result", result)
        .counter()
        .count();
  }

  private double lastReloadSuccessful() {
    return meters.get("lab.config.last.reload.successful").gauge().value();
  }
}
