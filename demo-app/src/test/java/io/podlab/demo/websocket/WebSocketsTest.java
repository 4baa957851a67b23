package io.podlab.demo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketsTest {
  @Test
  void nameThePodThatStops() {
    assertThat(WebSockets.reason("demo-1")).isEqualTo("pod demo-1 is stopping");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ü", "語"})
  void cutANameThatIsTooLongForACloseFrame(String character) {
    // When
    String reason = WebSockets.reason(character.repeat(253));

    // Then
    assertThat(reason).startsWith("pod " + character).endsWith("… is stopping");
    assertThat(reason.getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(WebSockets.LONGEST_REASON - 2, WebSockets.LONGEST_REASON);
  }
}
