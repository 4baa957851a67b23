package io.podlab.token.start;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import io.podlab.token.Admin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopIT {
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(30);

  @TempDir Path state;
  private PackagedService service;
  private HalfRequest request;

  @BeforeEach
  void start() {
    service = Admin.start(state);
  }

  @AfterEach
  void stop() throws IOException {
    if (request != null) {
      request.close();
    }
    service.close();
  }

  @Test
  void finishesARequestInFlightWhileAliveAndNotReady() throws Exception {
    // Given
    sendHalfARequest();

    // When
    service.terminate();
    awaitNotReady();
    int live = service.get("/q/health/live").statusCode();
    String status = request.complete();

    // Then
    assertThat(live).isEqualTo(200);
    assertThat(status).isEqualTo("HTTP/1.1 201 Created");
    assertThat(service.exitCode(GRACE_PERIOD)).isIn(0, 143);
  }

  @Test
  void endsWithinTheGracePeriodDespiteAnIncompleteRequest() throws Exception {
    // Given
    sendHalfARequest();

    // When
    service.terminate();

    // Then
    assertThat(service.exitCode(GRACE_PERIOD)).isIn(0, 143);
  }

  private void awaitNotReady() {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> service.get("/q/health/ready").statusCode() == 503);
  }

  /** Returns after the service has started the request; the metrics request is active too. */
  private void sendHalfARequest() throws IOException {
    request = new HalfRequest(service.uri("/tokens"), Admin.bearer(state));
    Pattern two = Pattern.compile("http_server_active_requests\\{[^}]*} 2\\.0");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> two.matcher(service.get("/metrics").body()).find());
  }

  /** A client that pauses in the middle of its body. */
  private static final class HalfRequest implements AutoCloseable {
    private static final String BODY = "ttl=2h&description=slow";
    private static final int HALF = BODY.length() / 2;

    private final Socket socket;

    HalfRequest(URI target, String bearer) throws IOException {
      socket = new Socket(target.getHost(), target.getPort());
      socket.setSoTimeout(10_000);
      send(
          """
          POST %s HTTP/1.1\r
          Host: %s\r
          Authorization: %s\r
          Content-Type: application/x-www-form-urlencoded\r
          Content-Length: %d\r
          \r
          """
                  .formatted(target.getPath(), target.getAuthority(), bearer, BODY.length())
              + BODY.substring(0, HALF));
    }

    /** Sends the rest; returns the status line of the answer. */
    String complete() throws IOException {
      send(BODY.substring(HALF));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
          .readLine();
    }

    private void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(US_ASCII));
      socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
