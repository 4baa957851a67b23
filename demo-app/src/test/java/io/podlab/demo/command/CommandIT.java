package io.podlab.demo.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.podlab.kit.testing.PackagedService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandIT {
  @TempDir Path directory;

  /** A command needs no port, and ignores a port in use. */
  @Test
  void exitsWithTheCodeItWasToldAfterTheTimeAndOpensNoPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        PackagedService command =
            PackagedService.launch(
                Map.of("QUARKUS_HTTP_PORT", Integer.toString(taken.getLocalPort())),
                "run",
                "--for",
                "100ms",
                "--exit",
                "3")) {
      // Then
      assertThat(command.exitCode()).isEqualTo(3);
      assertThat(command.output())
          .isEqualTo("running for 100ms, then exiting with code 3\nexiting with code 3\n");
      assertThat(command.errors()).isEmpty();
    }
  }

  @Test
  void leavesTheMistakeInTheTerminationLog() throws IOException {
    // Given
    Path log = Files.createFile(directory.resolve("termination-log"));
    try (PackagedService command =
        PackagedService.launch(Map.of("LAB_TERMINATION_LOG", log.toString()), "runn")) {
      // Then
      assertThat(command.exitCode()).isEqualTo(2);
      assertThat(command.errors()).singleElement().asString().contains("'runn'");
      assertThat(log).hasContent(command.errors().get(0) + "\n");
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

  @Test
  void waitsForAPageAndFetchesIt() throws Exception {
    // Given
    Path file = directory.resolve("index.html");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";

    // When
    try (PackagedService waiting =
            PackagedService.launch(Map.of(), "wait-for", url, "--timeout", "10s");
        PackagedService fetching =
            PackagedService.launch(Map.of(), "fetch", url, file.toString())) {
      // Then
      assertThat(waiting.exitCode()).isZero();
      assertThat(waiting.output()).contains(url + " answered 200 after ");
      assertThat(fetching.exitCode()).isZero();
      assertThat(file).hasContent("ok");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void sendsRequestsUntilSigtermAndTellsWhoAnswered() throws IOException {
    // Given
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = "{\"pod\":\"demo-1\"}".getBytes(StandardCharsets.US_ASCII);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();

    try (PackagedService load = PackagedService.launch(Map.of(), "load", url, "--for", "1h")) {
      await().until(() -> load.output().contains("demo-1 answers for the first time"));

      // When
      load.terminate();

      // Then
      assertThat(load.exitCode()).isZero();
      assertThat(load.output())
          .containsPattern(
              "\\d+ requests? in [0-9.]+ s to %s: (\\d+) answered, 0 failed\n  \\1 by demo-1, "
                  .formatted(url));
      assertThat(load.errors()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void sendsRequestsForATimeAndTellsWhyTheyFailed() {
    try (PackagedService load =
        PackagedService.launch(
            Map.of(), "load", "http://127.0.0.1:1", "--for", "100ms", "--rate", "50")) {
      // Then
      assertThat(load.exitCode()).isEqualTo(1);
      assertThat(load.output())
          .contains(
              "s to http://127.0.0.1:1: 0 answered, 5 failed\n  5 failed: connection refused");
    }
  }
}
