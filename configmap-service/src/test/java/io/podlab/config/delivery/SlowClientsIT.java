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
 * Runs the service with the memory of its container and a ConfigMap of 1 MiB. Clients that never
 * read must not end it or keep it from answering other clients.
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

  /** Three rounds, because the memory is not enough for the clients of three rounds. */
  @Test
  void answersOthersAndForgetsThoseWhoNeverRead() throws Exception {
    for (int round = 0; round < 3; round++) {
      try (SlowClients watches = new SlowClients(service.uri("/"));
          SlowClients streams = new SlowClients(service.uri("/"))) {
        // Given
        watches.ask(500, "/config?watch=" + revision());
        streams.ask(100, "/config/stream").ask(100, "/sources/stream");
        // Reads only the first bytes.
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
    try (SlowClients crowd = new SlowClients(service.uri("/"))) {
      // Given
      crowd.ask(1, "/config").ask(1, "/config/stream");
      answers();

      // When
      service.terminate();

      // Then
      assertThat(service.exitCode(Duration.ofSeconds(15))).isIn(0, 143);
    }
  }

  /** Replaces the file, so that the service never reads a half-written one. */
  private void change() throws IOException {
    String value = "%08d".formatted(++changes);
    Path next = elsewhere.resolve("next");
    Files.writeString(next, value + "x".repeat(1024 * 1024 - 1024));
    Files.move(next, directory.resolve("big"), StandardCopyOption.REPLACE_EXISTING);
  }

  private String revision() throws Exception {
    return service.get("/config").body().replaceAll("(?s)^# revision ([0-9a-f]+),.*", "$1");
  }

  /** Checks that the service answers, with the newest configuration. */
  private void answers() throws Exception {
    String value = "%08d".formatted(changes);
    await().atMost(PATIENCE).until(() -> service.get("/config/big").body().startsWith(value));
    assertThat(service.get("/config").body()).contains(value);
    assertThat(service.get("/sources").statusCode()).isEqualTo(200);
    assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
  }

  private boolean streamsAreFree() throws IOException {
    try (SlowClients one = new SlowClients(service.uri("/"))) {
      return one.ask(1, "/config/stream").texts("HTTP/1.1 ...").get(0).endsWith("200");
    }
  }
}
