package io.podlab.demo.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.kit.testing.PackagedService;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stalled reader of standard output, such as a paused {@code docker logs}, does not block
 * requests.
 */
class StalledOutputIT {
  /** Twice the capacity of the queue and the pipe, at more than 900 bytes per line. */
  private static final int REQUESTS = 2400;

  private static final String LONG_QUERY = "/?" + "x".repeat(900);
  private static final Pattern DROPPED =
      Pattern.compile("(\\d+) log lines were dropped because standard output was not read");

  @Test
  void keepsNoProcessFromItsEnd() throws Exception {
    try (PackagedService service = PackagedService.startUnread(Map.of())) {
      // Given
      requestMoreThanTheQueueHolds(service);

      // When
      service.terminate();

      // Then
      assertThat(service.exitCode(Duration.ofSeconds(8))).isEqualTo(143);
    }
  }

  @Test
  void keepsNoEventLoopFromItsRequestsWhenAFaultEndsTheProcess() throws Exception {
    try (PackagedService service =
        PackagedService.startUnread(
            Map.of("LAB_DEMO_FAULTS", "true", "QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE", "1"))) {
      // Given
      requestMoreThanTheQueueHolds(service);

      // When
      service.post("/faults/exit", "text/plain", "");
      long told = System.nanoTime();
      Duration answering = Duration.ZERO;
      try {
        while (service.get("/healthz").statusCode() == 200) {
          answering = Duration.ofNanos(System.nanoTime() - told);
        }
      } catch (IOException end) {
        // Expected.
      }

      // Then: the process waits two seconds for a reader
      assertThat(answering).isGreaterThan(Duration.ofSeconds(1));
      assertThat(service.exitCode()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isToldHowManyLinesItHasMissed(boolean json) throws Exception {
    try (PackagedService service =
        PackagedService.startUnread(Map.of("LAB_LOG_JSON", Boolean.toString(json)))) {
      // Given
      requestMoreThanTheQueueHolds(service);

      // When
      BufferedReader reader = service.unread();
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
      assertThat(service.exitCode()).isEqualTo(143);
    }
  }

  private static void requestMoreThanTheQueueHolds(PackagedService service) throws Exception {
    for (int i = 0; i < REQUESTS; i++) {
      assertThat(service.get(LONG_QUERY).statusCode()).isEqualTo(200);
    }
    assertThat(service.get("/metrics").body())
        .containsPattern("\nlab_demo_log_dropped_lines_total [1-9]");
  }
}
