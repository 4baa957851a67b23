package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.config.snapshot.MountedConfigMap;
import io.podlab.config.start.PackagedService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change is in effect without a restart. How soon is for a benchmark to say, not for a test. */
class ReloadIT {
  @TempDir Path directory;
  private PackagedService service;

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void followsTheKubelet() throws Exception {
    // Given
    MountedConfigMap configMap = new MountedConfigMap(directory);
    configMap.publish(Map.of("color", "red"));
    start();

    // When
    configMap.publish(Map.of("color", "blue"));

    // Then
    awaitBlue();
  }

  @Test
  void followsAFileThatIsEditedInPlace() throws Exception {
    // Given
    Files.writeString(directory.resolve("color"), "red");
    start();

    // When
    Files.writeString(directory.resolve("color"), "blue");

    // Then
    awaitBlue();
  }

  @Test
  void endsWithinTheGracePeriod() throws Exception {
    // Given
    start();

    // When
    service.terminate();

    // Then
    assertThat(service.exitCode(Duration.ofSeconds(30))).isIn(0, 143);
  }

  private void start() {
    service = PackagedService.start(Map.of("LAB_CONFIG_DIR", directory.toString()));
  }

  private void awaitBlue() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> service.get("/config").body().contains("\ncolor: blue\n"));
  }
}
