package io.podlab.demo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebSocketStopIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private static Client connect(PackagedService service) throws Exception {
    return new Client(URI.create(service.uri("/ws").toString().replace("http:", "ws:")));
  }

  private static Socket upgrade(PackagedService service) throws Exception {
    Socket client = new Socket("127.0.0.1", service.uri("/").getPort());
    client.setSoTimeout(20_000);
    client.getOutputStream().write(Upgrade.VALID.getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  @Test
  void worksDuringTheDrainAndThenEndsWithACloseFrame() throws Exception {
    try (PackagedService service =
        PackagedService.start(Map.of("LAB_POD_NAME", "demo-1", "LAB_DEMO_DRAIN", "5s"))) {
      // Given
      Client before = connect(service);
      await().until(() -> service.output().contains("\"GET /ws HTTP/1.1\" 101"));

      // When
      service.signal("TERM");
      await().until(() -> service.get("/readyz").statusCode() == 503);
      Client during = connect(service);
      before.sendText("a", true);
      during.sendText("b", true);

      // Then
      await().until(() -> before.received().contains("text a, last"));
      await().until(() -> during.received().contains("text b, last"));
      assertThat(before.end()).isEqualTo("1001 pod demo-1 is stopping");
      assertThat(during.end()).isEqualTo("1001 pod demo-1 is stopping");
      assertThat(service.exitCode(AT_ONCE)).isEqualTo(143);
      assertThat(service.output())
          .containsPattern("\\[access-log] 127\\.0\\.0\\.1 \"GET /ws HTTP/1\\.1\" 101 0 bytes ")
          .contains("SIGTERM received: 0 requests in flight", "closing 2 WebSockets", ", 0 lost")
          .doesNotContain("Waiting for HTTP requests", "still open", "ERROR");
    }
  }

  @Test
  void waitsForAClientThatDoesNotAnswerNoLongerThanItMay() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of("LAB_DEMO_GRACE", "500ms"));
        Socket client = upgrade(service)) {
      // Given
      await().until(() -> service.output().contains("\"GET /ws HTTP/1.1\" 101"));

      // When
      service.signal("TERM");

      // Then
      assertThat(service.exitCode(AT_ONCE)).isEqualTo(143);
      assertThat(service.output()).contains("1 WebSockets were still open");
      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .contains("HTTP/1.1 101 ", " is stopping");
    }
  }

  @Test
  void reportsTheOpenOnesAfterASecondSignal() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of("LAB_DEMO_DRAIN", "1m"));
        Socket client = upgrade(service)) {
      // Given
      await().until(() -> service.output().contains("\"GET /ws HTTP/1.1\" 101"));
      service.signal("TERM");
      await().until(() -> service.output().contains("SIGTERM received"));

      // When
      service.signal("INT");

      // Then
      assertThat(service.exitCode(AT_ONCE)).isEqualTo(130);
      assertThat(service.output()).contains("1 WebSockets were still open");
      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .contains("HTTP/1.1 101 ")
          .doesNotContain("is stopping");
    }
  }

  @Test
  void refusesAnUpgradeThatWasInProgress() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of("LAB_DEMO_FAULTS", "true"))) {
      // Given
      service.post("/faults/hang?for=6s", "text/plain", "");
      try (Socket client = upgrade(service)) {
        await()
            .until(() -> service.get("/metrics").body().contains("lab_demo_inflight_requests 1.0"));

        // When
        service.signal("TERM");

        // Then
        InputStream answer = client.getInputStream();
        assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
            .startsWith("HTTP/1.1 503 ")
            .containsIgnoringCase("connection: close")
            .contains("the pod is stopping; connect again");
      }
      assertThat(service.exitCode(AT_ONCE)).isEqualTo(143);
    }
  }
}
