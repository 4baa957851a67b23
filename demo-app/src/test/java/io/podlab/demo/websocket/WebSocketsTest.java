package io.podlab.demo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebSocketsTest {
  @Test
  void nameThePodThatStops() {
    assertThat(WebSockets.reason("demo-1")).isEqualTo("pod demo-1 is stopping");
  }

  @Test
  void cutANameThatIsTooLongForACloseFrame() {
    // When
    String reason = WebSockets.reason("語".repeat(253));

    // Then
    assertThat(reason).startsWith("pod 語").endsWith("語… is stopping");
    assertThat(reason.getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(WebSockets.LONGEST_REASON - 2, WebSockets.LONGEST_REASON);
  }
}
