package io.podlab.demo.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GracefulStopIT {
  private static final int CLIENTS = 8;
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @TempDir Path directory;

  @Test
  void answersAsBeforeWhileItDrainsButForReadinessAndPreStop() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of("LAB_DEMO_DRAIN", "1m"))) {
      // When
      service.signal("TERM");

      // Then
      await()
          .untilAsserted(
              () ->
                  assertThat(ask(service, "/readyz"))
                      .startsWith("HTTP/1.1 503 ")
                      .endsWith("shutting down\n"));
      assertThat(ask(service, "/q/health/ready")).startsWith("HTTP/1.1 503 ");
      assertThat(ask(service, "/healthz")).startsWith("HTTP/1.1 200 ");
      assertThat(ask(service, "/q/health/live")).startsWith("HTTP/1.1 200 ");
      assertThat(ask(service, "/"))
          .startsWith("HTTP/1.1 200 ")
          .containsIgnoringCase("connection: close");
      assertThat(ask(service, "/hooks/pre-stop?delay=9m"))
          .startsWith("HTTP/1.1 200 OK")
          .contains("the delay of 9m0s");
    }
  }

  @Test
  void finishesWhatIsInFlightAndAcceptsNoMore() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of())) {
      // Given
      int port = service.uri("/").getPort();
      CompletableFuture<String> inFlight = Exchange.inBackground(port, "/delay/3s");
      awaitInFlight(service, 1);

      // When
      service.signal("TERM");

      // Then
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> new Exchange(port).close())
                      .isInstanceOf(ConnectException.class));
      assertThat(inFlight).isNotDone();
      assertThat(inFlight.get())
          .startsWith("HTTP/1.1 200 OK")
          .containsIgnoringCase("connection: close")
          .endsWith("answered after 3 s\n");
      assertThat(service.exitCode()).isEqualTo(143);
    }
  }

  @Test
  void closesNoConnectionThatIsInUseBeforeItHasSaidSo() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (PackagedService service = PackagedService.start(Map.of())) {
      // Given
      List<Future<String>> lastAnswers = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Exchange client = new Exchange(service.uri("/").getPort());
        lastAnswers.add(clients.submit(() -> client.askUntilTold("/")));
      }
      await().until(() -> requests(service) > 2 * CLIENTS);

      // When
      service.signal("TERM");

      // Then
      for (Future<String> answer : lastAnswers) {
        assertThat(answer.get())
            .startsWith("HTTP/1.1 200 OK")
            .containsIgnoringCase("connection: close");
      }
      assertThat(service.exitCode(AT_ONCE)).isEqualTo(143);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void answersOnceMoreWhereTheHeadersWereOutBeforeTheSignal() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of());
        Exchange connection = new Exchange(service.uri("/").getPort())) {
      // Given
      connection.send("/stream/20");
      connection.awaitTheBeginning();

      // When
      service.signal("TERM");
      await().until(() -> service.output().contains("SIGTERM received: 1 requests in flight"));
      connection.send("/");

      // Then
      assertThat(connection.untilTheEnd())
          .contains("HTTP/1.1 200 OK")
          .containsIgnoringCase("connection: close")
          .endsWith("request 1\n");
    }
  }

  private static double requests(PackagedService service) throws Exception {
    return service
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("lab_demo_requests_total "))
        .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
        .sum();
  }

  @ParameterizedTest
  @CsvSource({"TERM, SIGTERM, 143", "INT, SIGINT, 130"})
  void leavesALineAndTheExitCodeOfTheSignal(String name, String signal, int exitCode)
      throws Exception {
    // Given
    Path log = Files.createFile(directory.resolve("termination-log"));
    try (PackagedService service =
        PackagedService.start(Map.of("LAB_TERMINATION_LOG", log.toString()))) {
      int port = service.uri("/").getPort();
      service.get("/");
      CompletableFuture<String> first = Exchange.inBackground(port, "/delay/1s");
      CompletableFuture<String> second = Exchange.inBackground(port, "/delay/1s");
      awaitInFlight(service, 2);

      // When
      service.signal(name);

      // Then
      assertThat(service.exitCode()).isEqualTo(exitCode);
      assertThat(first.get()).contains("200 OK");
      assertThat(second.get()).contains("200 OK");
      assertThat(Files.readString(log))
          .matches("served 3 requests; " + signal + ", drained 2 in \\d\\.\\ds, 0 lost\n");
      assertThat(service.output()).contains("served 3 requests; " + signal);
    }
  }

  @Test
  void waitsNoLongerThanItMay() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of("LAB_DEMO_GRACE", "500ms"))) {
      // Given
      CompletableFuture<String> inFlight =
          Exchange.inBackground(service.uri("/").getPort(), "/delay/5m");
      awaitInFlight(service, 1);

      // When
      service.signal("TERM");

      // Then
      assertThat(service.exitCode(AT_ONCE)).isEqualTo(143);
      assertThat(service.output()).contains("drained 0 in 0.5s, 1 lost").doesNotContain("ERROR");
      assertThat(inFlight.get()).isEmpty();
    }
  }

  @Test
  void endsAtOnceOnASecondSignal() throws Exception {
    Path log = Files.createFile(directory.resolve("termination-log"));
    try (PackagedService service =
        PackagedService.start(
            Map.of("LAB_DEMO_DRAIN", "10m", "LAB_TERMINATION_LOG", log.toString()))) {
      // Given
      service.signal("TERM");
      await().until(() -> service.output().contains("SIGTERM received: 0 requests in flight"));

      // When
      service.signal("INT");

      // Then
      assertThat(service.exitCode(AT_ONCE)).isEqualTo(130);
      assertThat(Files.readString(log))
          .matches("served 0 requests; a second signal, SIGINT, drained 0 in .*, 0 lost\n");
      assertThat(service.output()).contains("a second signal, SIGINT");
    }
  }

  @Test
  void isNotHeldUpByFollowersAndPreStopHooksAndTellsThem() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of())) {
      // Given
      CompletableFuture<String> follower =
          Exchange.inBackground(service.uri("/").getPort(), "/lifecycle?follow");
      await()
          .until(
              () -> service.get("/metrics").body(),
              metrics -> metrics.contains("lab_demo_inflight_requests 0.0"));
      CompletableFuture<String> hook =
          Exchange.inBackground(service.uri("/").getPort(), "/hooks/pre-stop?delay=10m");
      await().until(() -> service.get("/readyz").statusCode() == 503);

      // When
      service.signal("TERM");

      // Then
      assertThat(service.exitCode(AT_ONCE)).isEqualTo(143);
      assertThat(follower.get()).contains("\"event\":\"sigterm\"", "the process stops");
      assertThat(hook.get()).startsWith("HTTP/1.1 200 OK").contains("the delay of 10m0s");
    }
  }

  private static String ask(PackagedService service, String path) throws IOException {
    try (Exchange exchange = new Exchange(service.uri("/").getPort())) {
      exchange.send(path);
      return exchange.untilTheEnd();
    }
  }

  private static void awaitInFlight(PackagedService service, int number) {
    await()
        .until(
            () -> service.get("/metrics").body(),
            metrics -> metrics.contains("lab_demo_inflight_requests " + number + ".0"));
  }
}
