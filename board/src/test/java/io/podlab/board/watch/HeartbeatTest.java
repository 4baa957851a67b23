package io.podlab.board.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podlab.kit.testing.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private final SettableClock clock = new SettableClock();
  private volatile int status = 200;
  private int timesBack;
  private HttpServer server;
  private KubernetesClient client;
  private Heartbeat heartbeat;

  @BeforeEach
  void prepare() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/version",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    heartbeat = new Heartbeat(client, clock, ahead -> {}, () -> timesBack++);
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private void ask() {
    clock.advance(Duration.ofSeconds(2));
    heartbeat.check();
  }

  @Test
  void reportsTheTimeOfTheLastAnsweredRequest() {
    // Given
    ask();
    assertThat(heartbeat.outageCause()).isEmpty();
    Instant last = clock.instant();

    // When
    status = 503;
    ask();
    assertThat(heartbeat.outageCause()).isEmpty();
    ask();

    // Then
    assertThat(heartbeat.outageCause())
        .contains(
            new OutageDetector.Cause(
                "the API server answered with status 503", false, Optional.of(last)));

    // When
    status = 200;
    ask();

    // Then
    assertThat(heartbeat.outageCause()).isEmpty();
    assertThat(timesBack).isEqualTo(1);
  }

  @Test
  void aRejectedCredentialIsACertainCause() {
    // Given
    status = 401;

    // When
    ask();

    // Then
    assertThat(heartbeat.outageCause())
        .hasValueSatisfying(
            cause -> {
              assertThat(cause.certain()).isTrue();
              assertThat(cause.why()).contains("401");
            });
  }
}
