package io.podlab.demo.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader of standard output that stalls, as a paused {@code docker logs}, stops no request. */
class StalledOutputIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Twice what the queue and a pipe hold, at more than 900 bytes a line. */
  private static final int REQUESTS = 2400;

  private static final String LONG_QUERY = "/?" + "x".repeat(900);
  private static final Pattern DROPPED =
      Pattern.compile("(\\d+) log lines were dropped because standard output was not read");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void keepsNoProcessFromItsEnd() throws Exception {
    try (Service service = Service.start(false)) {
      // Given
      service.requestMoreThanTheQueueHolds();

      // When
      service.terminate();

      // Then
      assertThat(service.process.waitFor(8, TimeUnit.SECONDS)).isTrue();
      assertThat(service.process.exitValue()).isEqualTo(143);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isToldHowManyLinesItHasMissed(boolean json) throws Exception {
    try (Service service = Service.start(json)) {
      // Given
      service.requestMoreThanTheQueueHolds();

      // When
      BufferedReader reader = service.process.inputReader();
      long shown = 0;
      Matcher dropped = DROPPED.matcher("");
      while (!dropped.find()) {
        String line = reader.readLine();
        shown += line.contains("GET " + LONG_QUERY) ? 1 : 0;
        dropped.reset(line);
      }

      // Then
      assertThat(shown + Long.parseLong(dropped.group(1))).isEqualTo(REQUESTS);

      // When
      service.terminate();
      List<String> rest = reader.lines().toList();

      // Then
      assertThat(rest).anyMatch(line -> line.contains("served " + REQUESTS + " requests; SIGTERM"));
      assertThat(service.process.waitFor()).isEqualTo(143);
    }
  }

  private record Service(Process process, URI uri) implements AutoCloseable {
    /** With its standard output in a pipe that nobody reads. */
    static Service start(boolean json) throws IOException {
      int port = freePort();
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-jar",
                  "target/quarkus-app/quarkus-run.jar")
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
      builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
      builder.environment().put("LAB_LOG_JSON", Boolean.toString(json));
      Service service =
          new Service(builder.start(), URI.create("http://127.0.0.1:" + port + LONG_QUERY));
      await().atMost(PATIENCE).ignoreExceptions().until(() -> service.get("/healthz") != null);
      return service;
    }

    void requestMoreThanTheQueueHolds() throws Exception {
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(get(LONG_QUERY).statusCode()).isEqualTo(200);
      }
      assertThat(get("/metrics").body())
          .containsPattern("\nlab_demo_log_dropped_lines_total [1-9]");
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
      return HTTP.send(
          HttpRequest.newBuilder(uri.resolve(path)).timeout(Duration.ofSeconds(10)).build(),
          BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        return socket.getLocalPort();
      }
    }

    /** Not Process.destroy, which closes the pipe. */
    void terminate() {
      process.toHandle().destroy();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
