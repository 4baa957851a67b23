package io.podlab.probe.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleIT {
  /** Much less than the 20 s that requests in flight have. */
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  @TempDir private Path folder;

  private PackagedService start(String... arguments) {
    Map<String, String> environment = new HashMap<>();
    environment.put("LAB_PROBE_FILES", folder.resolve("files").toString());
    environment.put("LAB_TERMINATION_LOG", folder.resolve("termination-log").toString());
    return PackagedService.start(environment, arguments);
  }

  @Test
  void logsTheStartTheSignalAndTheStop() throws Exception {
    // Given
    Path terminationLog = Files.writeString(folder.resolve("termination-log"), "x".repeat(500));
    try (PackagedService service = start("--liveness=ok:100ms,fail")) {
      await().until(() -> service.get("/healthz").statusCode() == 500);
      await().until(() -> service.output().contains("liveness changed from ok to fail"));

      // When
      service.terminate();

      // Then
      assertThat(service.exitCode(AT_ONCE)).isEqualTo(143);
      assertThat(Files.readString(terminationLog))
          .matches(
              "liveness failed from 0\\.1s; \\d+ probes? ok, \\d+ failed; SIGTERM after"
                  + " \\d+\\.\\ds\n");
      assertThat(service.output())
          .containsPattern("probes: liveness ok:100ms,fail; readiness ok; startup ok; grpc on")
          .containsPattern("received SIGTERM \\d+\\.\\ds after the start\n")
          .contains("stopped: " + Files.readString(terminationLog));
    }
  }

  @Test
  void removesItsFilesOnShutdown() throws Exception {
    try (PackagedService service = start()) {
      // Given
      await().until(() -> Files.exists(folder.resolve("files/healthy")));

      // When
      service.terminate();

      // Then
      assertThat(service.exitCode(AT_ONCE)).isEqualTo(143);
      assertThat(folder.resolve("files")).isEmptyDirectory();
      assertThat(folder.resolve("termination-log")).doesNotExist();
    }
  }

  @Test
  void writesARefusedStartToTheTerminationLog() throws Exception {
    // Given
    Path terminationLog = Files.writeString(folder.resolve("termination-log"), "as it was");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> samePort =
          Map.of(
              "QUARKUS_HTTP_PORT", String.valueOf(other.getLocalPort()),
              "LAB_PROBE_LISTEN_GRPC", "0",
              "LAB_PROBE_LISTEN_TCP", "0",
              "LAB_PROBE_FILES", folder.resolve("files").toString(),
              "LAB_TERMINATION_LOG", terminationLog.toString());

      // When
      try (PackagedService service = PackagedService.launch(samePort)) {
        // Then
        assertThat(service.exitCode()).isEqualTo(1);
        assertThat(service.errors()).singleElement().asString().contains("is in use");
        assertThat(Files.readString(terminationLog)).isEqualTo(service.errors().get(0) + "\n");
      }
    }
  }

  @Test
  void rejectsFollowersAfterTheSignal() throws Exception {
    try (PackagedService service = start("--readiness=ok")) {
      // Given a request in flight, whose body has not arrived, and an idle connection
      try (Socket inFlight =
              sendRaw(
                  service,
                  "PUT /probes/startup HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\no");
          Socket later = sendRaw(service, "GET /started HTTP/1.1\r\nHost: t\r\n\r\n")) {
        assertThat(later.getInputStream().read()).isEqualTo('H');

        // When
        service.terminate();
        await().until(() -> service.output().contains("received SIGTERM"));
        later
            .getOutputStream()
            .write(
                "GET /probes/startup/history?follow HTTP/1.1\r\nHost: t\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        inFlight.getOutputStream().write('k');

        // Then
        assertThat(service.exitCode(AT_ONCE)).isEqualTo(143);
      }
    }
  }

  @Test
  void doesNotWaitForHangingOrDroppedProbesOrFollowers() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (PackagedService service = start("--readiness=hang", "--startup=drop")) {
      // Given
      sockets.add(send(service, "/readyz"));
      sockets.add(send(service, "/probes/readiness/history?follow"));
      try (Socket dropped = send(service, "/startupz")) {
        assertThat(dropped.getInputStream().read()).isEqualTo(-1);
      }
      await().until(() -> service.get("/probes/readiness").body().contains(" 1 "));

      // When
      service.terminate();

      // Then
      assertThat(service.exitCode(AT_ONCE)).isEqualTo(143);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static Socket send(PackagedService service, String path) throws Exception {
    return sendRaw(service, "GET " + path + " HTTP/1.1\r\nHost: t\r\n\r\n");
  }

  private static Socket sendRaw(PackagedService service, String request) throws Exception {
    URI uri = service.uri("/");
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
