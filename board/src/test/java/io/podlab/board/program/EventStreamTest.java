package io.podlab.board.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.board.program.EventStream.ServerSent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {
  private final EventStream stream = new EventStream();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void parsesEventsFromPiecesOfAnySize(int size) {
    // Given
    byte[] bytes =
        "event:traffic\ndata:1\n\nid:7\r\ndata: héllo\r\n\r\n: heartbeat\n\ndata:a\ndata:b\n\n"
            .getBytes(StandardCharsets.UTF_8);

    // When
    List<ServerSent> events = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += size) {
      int to = Math.min(bytes.length, from + size);
      events.addAll(stream.feed(java.util.Arrays.copyOfRange(bytes, from, to)));
    }

    // Then
    assertThat(events)
        .containsExactly(
            new ServerSent("traffic", "1"),
            new ServerSent("message", "héllo"),
            new ServerSent("message", "a\nb"));
  }

  @Test
  void skipsAnEventThatIsTooLong() {
    assertThat(feed("data:" + "x".repeat(1 << 20) + "\n\ndata:next\n\n"))
        .containsExactly(new ServerSent("message", "next"));
    assertThat(feed("data:xxxxxxxxx\n".repeat(100_000) + "\ndata:last\n\n"))
        .containsExactly(new ServerSent("message", "last"));
  }

  private List<ServerSent> feed(String text) {
    return stream.feed(text.getBytes(StandardCharsets.UTF_8));
  }
}
