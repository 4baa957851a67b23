package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.lesson.MomentFeed.Line;
import io.podlab.lab.lesson.ServerSentEvents.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentFeedTest {
  private static final Instant NOW = Instant.parse("2026-11-27T10:00:10Z");

  private final MomentFeed feed = new MomentFeed();

  private static Event moment(String object, String text, String time) {
    return new Event(
        "",
        "{\"object\": \"%s\", \"text\": \"%s\", \"time\": \"%s\"}".formatted(object, text, time));
  }

  @Test
  void linesBecomeEvents() {
    // Given
    ServerSentEvents events = new ServerSentEvents();

    // When
    List<Event> found = new ArrayList<>();
    "event: lane\ndata: {}\n\n: a comment\n\ndata: a\ndata:b\nid: 3\n\n"
        .lines()
        .forEach(line -> events.line(line).ifPresent(found::add));

    // Then
    assertThat(found).containsExactly(new Event("lane", "{}"), new Event("", "a\nb"));
  }

  @ParameterizedTest
  @CsvSource({
    "Pod/web, ready, pod web: ready",
    "Service/web, Service web has no endpoints, Service web has no endpoints",
    "Deployment/web, scaled to 2, deployment web: scaled to 2"
  })
  void saysWhoseMomentItIs(String object, String text, String line) {
    assertThat(feed.line(moment(object, text, NOW.toString()), NOW)).contains(new Line(NOW, line));
  }

  @Test
  void followsTheClockOfTheApiServer() {
    // Given: this machine is 5 s ahead.
    feed.line(new Event("time", "{\"now\": \"2026-11-27T10:00:05Z\"}"), NOW);

    // When
    Instant time =
        feed.line(moment("Pod/web", "x", "2026-11-27T10:00:03Z"), NOW).orElseThrow().time();

    // Then
    assertThat(time).isEqualTo("2026-11-27T10:00:08Z");
  }

  @Test
  void aTimeThatCannotBeReadIsNow() {
    assertThat(feed.line(moment("Pod/web", "x", "none"), NOW).orElseThrow().time()).isEqualTo(NOW);
  }

  @Test
  void nothingIsInTheFuture() {
    assertThat(feed.line(moment("Pod/web", "x", "2026-11-27T10:00:59Z"), NOW).orElseThrow().time())
        .isEqualTo(NOW);
  }

  @Test
  void thePodThatTriesAnImageIsNotTold() {
    assertThat(feed.line(moment("Pod/podlab-image-demo-app", "created", NOW.toString()), NOW))
        .isEmpty();
  }

  @Test
  void lanesAreNoMoments() {
    assertThat(feed.line(new Event("lane", "{\"object\": \"x\"}"), NOW)).isEmpty();
  }
}
