package io.podlab.config.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With as much memory as its container has, and a ConfigMap of a mebibyte, clients that never read
 * neither end the service, nor keep it from answering others.
 */
class SlowClientsIT {
  private static final String MEMORY =
      "-Xmx128m -XX:MaxDirectMemorySize=64m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;
  @TempDir Path elsewhere;
  private PackagedService service;
  private int changes;

  @BeforeEach
  void start() throws IOException {
    change();
    service =
        PackagedService.start(
            Map.of(
                "LAB_CONFIG_DIR",
                directory.toString(),
                "JAVA_TOOL_OPTIONS",
                MEMORY,
                "QUARKUS_HTTP_IDLE_TIMEOUT",
                "3s",
                "QUARKUS_SHUTDOWN_TIMEOUT",
                "3s"));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /** What one crowd costs a hundred and twenty-eight mebibytes cannot hold three times. */
  @Test
  void answersOthersAndForgetsThoseWhoNeverRead() throws Exception {
    for (int round = 0; round < 3; round++) {
      try (Crowd watches = new Crowd(service.uri("/"));
          Crowd streams = new Crowd(service.uri("/"))) {
        // Given
        watches.ask(500, "/config?watch=" + revision());
        streams.ask(100, "/config/stream").ask(100, "/sources/stream");
        // No more than its first bytes.
        assertThat(streams.texts("HTTP/1.1 ...")).hasSize(200).containsOnly("HTTP/1.1 200");
        assertThat(streamsAreFree()).isFalse();

        // When
        for (int i = 0; i < 5; i++) {
          change();
          answers();
        }

        // Then
        await().atMost(PATIENCE).until(() -> streamsAreFree());
      }
    }
    assertThat(service.output()).doesNotContain("ERROR");
  }

  @Test
  void endsThoughSomeNeverRead() throws Exception {
    try (Crowd crowd = new Crowd(service.uri("/"))) {
      // Given
      crowd.ask(1, "/config").ask(1, "/config/stream");
      answers();

      // When
      service.terminate();

      // Then
      assertThat(service.exitCode(Duration.ofSeconds(15))).isIn(0, 143);
    }
  }

  /** By another file in its place, so that none is ever read half written. */
  private void change() throws IOException {
    String value = "%08d".formatted(++changes);
    Path next = elsewhere.resolve("next");
    Files.writeString(next, value + "x".repeat(1024 * 1024 - 1024));
    Files.move(next, directory.resolve("big"), StandardCopyOption.REPLACE_EXISTING);
  }

  private String revision() throws Exception {
    return service.get("/config").body().replaceAll("(?s)^# revision ([0-9a-f]+),.*", "$1");
  }

  /** With the newest configuration. */
  private void answers() throws Exception {
    String value = "%08d".formatted(changes);
    await().atMost(PATIENCE).until(() -> service.get("/config/big").body().startsWith(value));
    assertThat(service.get("/config").body()).contains(value);
    assertThat(service.get("/sources").statusCode()).isEqualTo(200);
    assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
  }

  private boolean streamsAreFree() throws IOException {
    try (Crowd one = new Crowd(service.uri("/"))) {
      return one.ask(1, "/config/stream").texts("HTTP/1.1 ...").get(0).endsWith("200");
    }
  }
}
