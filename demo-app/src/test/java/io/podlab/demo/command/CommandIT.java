package io.podlab.demo.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandIT {
  @TempDir Path directory;

  @Test
  void exitsWithTheCodeItWasToldAfterTheTime() {
    try (PackagedService command =
        PackagedService.launch(Map.of(), "run", "--for", "100ms", "--exit", "3")) {
      // Then
      assertThat(command.exitCode()).isEqualTo(3);
      assertThat(command.output()).isEqualTo("running for 100ms, then exit code 3\nexit code 3\n");
      assertThat(command.errors()).isEmpty();
    }
  }

  @Test
  void isEndedBySigterm() {
    try (PackagedService command = PackagedService.launch(Map.of(), "run", "--for", "1h")) {
      // Given
      await().until(() -> command.output().contains("running for 1h0m0s"));

      // When
      command.terminate();

      // Then
      assertThat(command.exitCode()).isEqualTo(143);
    }
  }

  /** An init container needs no port, and must not mind one that is taken. */
  @Test
  void opensNoPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        PackagedService command =
            PackagedService.launch(
                Map.of("QUARKUS_HTTP_PORT", Integer.toString(taken.getLocalPort())),
                "run",
                "--for",
                "0s")) {
      assertThat(command.exitCode()).isZero();
    }
  }

  @Test
  void preparesWhatTheServiceShows() throws Exception {
    // Given
    Path content = Files.createDirectories(directory.resolve("content"));
    try (PackagedService source = PackagedService.start(Map.of("LAB_POD_NAME", "source"))) {
      String url = source.uri("/whoami/pod").toString();

      // When
      try (PackagedService waiting =
              PackagedService.launch(Map.of(), "wait-for", url, "--timeout", "10s");
          PackagedService fetching =
              PackagedService.launch(
                  Map.of(), "fetch", url, content.resolve("index.html").toString())) {
        assertThat(waiting.exitCode()).isZero();
        assertThat(waiting.output()).contains(url + " answers 200, after ");
        assertThat(fetching.exitCode()).isZero();
      }
    }

    // Then
    try (PackagedService service =
        PackagedService.start(Map.of("LAB_DEMO_CONTENT", content.toString()))) {
      assertThat(service.get("/").body()).isEqualTo("source\n");
    }
  }
}
