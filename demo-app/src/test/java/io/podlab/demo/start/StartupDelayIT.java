package io.podlab.demo.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StartupDelayIT {
  private static final Pattern DELAY_BEGINS =
      Pattern.compile("(\\S+) INFO .* waiting 500ms before listening");
  private static final Pattern LISTENING = Pattern.compile("listening +(\\S+)");

  @Test
  void refusesConnectionsUntilItIsOverAndEndsOnASignal() throws Exception {
    // Given
    int port = freePort();
    try (PackagedService service =
        PackagedService.launch(
            Map.of("LAB_DEMO_STARTUP_DELAY", "10m", "QUARKUS_HTTP_PORT", Integer.toString(port)))) {
      // When
      await().atMost(Duration.ofSeconds(60)).until(() -> listensIn(service, "10m0s"));

      // Then
      assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
          .isInstanceOf(ConnectException.class);

      // When: a signal during the delay
      service.signal("TERM");

      // Then
      assertThat(service.exitCode(Duration.ofSeconds(5))).isEqualTo(143);
    }
  }

  @Test
  void listensAfterwards() throws Exception {
    try (PackagedService service =
        PackagedService.start(Map.of("LAB_DEMO_STARTUP_DELAY", "500ms"))) {
      // When
      Instant told = instant(DELAY_BEGINS, service.output());
      Instant listening = instant(LISTENING, service.get("/lifecycle").body());

      // Then
      assertThat(Duration.between(told, listening)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }
  }

  private static Instant instant(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).isTrue();
    return OffsetDateTime.parse(matcher.group(1)).toInstant();
  }

  private static boolean listensIn(PackagedService service, String time) {
    return service.output().contains("waiting %s before listening".formatted(time));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
