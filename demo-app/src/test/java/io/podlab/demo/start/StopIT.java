package io.podlab.demo.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StopIT {
  @Test
  void finishesWhatIsInFlightWhileReadinessIsDownAndLivenessUp() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of())) {
      // Given
      CompletableFuture<String> inFlight =
          CompletableFuture.supplyAsync(() -> rawGet(service.uri("/").getPort(), "/delay/12s"));
      awaitInFlight(service);

      // When
      service.terminate();

      // Then
      await().ignoreExceptions().until(() -> service.get("/q/health/ready").statusCode() == 503);
      assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
      assertThat(inFlight.get()).startsWith("HTTP/1.1 200 OK").endsWith("answered after 12 s\n");
      assertThat(service.exitCode()).isIn(0, 143);
    }
  }

  @Test
  void tellsKeepAliveClientsToGoElsewhere() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of())) {
      // Given
      CompletableFuture<String> inFlight =
          CompletableFuture.supplyAsync(() -> rawGet(service.uri("/").getPort(), "/delay/12s"));
      awaitInFlight(service);

      // When
      service.terminate();
      await().ignoreExceptions().until(() -> service.get("/q/health/ready").statusCode() == 503);
      String answer = rawGet(service.uri("/").getPort(), "/");

      // Then
      assertThat(answer).startsWith("HTTP/1.1 200 OK").containsIgnoringCase("connection: close");
      assertThat(inFlight.get()).contains("200 OK");
    }
  }

  @Test
  void logsALineARequestButNoneForProbesAndScrapes() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of())) {
      // When
      service.get("/?first");
      service.get("/metrics");
      service.get("/q/health/ready");
      service.get("/?last");

      // Then
      await().until(() -> service.output().contains("GET /?last"));
      assertThat(service.output().lines().filter(line -> line.contains("[access-log]")))
          .satisfiesExactly(
              line -> assertThat(line).contains("\"GET /?first HTTP/1.1\" 200"),
              line -> assertThat(line).contains("\"GET /?last HTTP/1.1\" 200"));
    }
  }

  /** The scrape that asks is in flight itself. */
  private static void awaitInFlight(PackagedService service) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                Pattern.compile("http_server_active_requests\\{.*} 2\\.0")
                    .matcher(service.get("/metrics").body())
                    .find());
  }

  /** All that the server sends until it closes or has sent the whole answer. */
  private static String rawGet(int port, String path) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(20_000);
      StringBuilder answer = new StringBuilder();
      byte[] part = new byte[4096];
      for (int read = socket.getInputStream().read(part);
          read >= 0;
          read = socket.getInputStream().read(part)) {
        answer.append(new String(part, 0, read, StandardCharsets.UTF_8));
        if (answer.toString().endsWith("\n") && answer.indexOf("\r\n\r\n") > 0) {
          break;
        }
      }
      return answer.toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
