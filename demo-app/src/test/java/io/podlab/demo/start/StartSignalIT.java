package io.podlab.demo.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classes that the JVM has loaded show how far the start is. */
class StartSignalIT {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "TERM, 143, io.podlab.demo.start.Main",
    "TERM, 143, io.quarkus.runner.ApplicationImpl",
    "INT, 130, io.vertx.core.impl.VertxImpl",
    "TERM, 143, io.podlab.demo.start.StartupDelay",
  })
  void endsASlowStartAtOnceAtAnyMomentOfIt(String signal, int exitCode, String loaded)
      throws Exception {
    // Given
    Path classes = directory.resolve("classes");
    try (PackagedService service =
        PackagedService.launch(
            Map.of(
                "LAB_DEMO_STARTUP_DELAY",
                "10m",
                "JAVA_TOOL_OPTIONS",
                "-Xlog:class+load:file=" + classes))) {
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  Files.exists(classes) && Files.readString(classes).contains(" " + loaded + " "));

      // When
      service.signal(signal);

      // Then
      assertThat(service.exitCode(Duration.ofSeconds(5))).isEqualTo(exitCode);
    }
  }
}
