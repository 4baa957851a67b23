package io.podlab.demo.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.demo.ConcurrentCalls;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.testing.SettableClock;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final SettableClock clock = new SettableClock();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Traffic traffic = new Traffic(clock, meters);
  private final Lifecycle lifecycle = lifecycle(Optional.empty(), meters);

  private Lifecycle lifecycle(Optional<Duration> containerRuntime, MeterRegistry meters) {
    return new Lifecycle(clock, clock.instant(), containerRuntime, traffic, meters);
  }

  @Test
  void showsTheContainerRuntimesShareSeparately() {
    // When
    Timeline timeline =
        lifecycle(Optional.of(Duration.ofMillis(710)), new SimpleMeterRegistry()).timeline();

    // Then
    assertThat(timeline.containerRuntimeSeconds()).contains(0.71);
    assertThat(timeline.startedAt()).isEqualTo(clock.instant());
    assertThat(timeline.plainText())
        .contains(
            "process-start          2026-03-01T12:00:00.750Z  0s            710ms after the"
                + " container's first process was created\n");
  }

  @Test
  void tellsWhenAndHowLongAfterTheStart() {
    // Given
    clock.advance(Duration.ofMillis(1500));
    lifecycle.record(Milestone.LISTENING);
    clock.advance(Duration.ofMinutes(1));
    lifecycle.record(Milestone.NOT_READY, "told so");

    // When
    String table = lifecycle.timeline().plainText();

    // Then
    assertThat(table)
        .isEqualTo(
            """
            EVENT                  AT                        AFTER         DETAIL
            process-start          2026-03-01T12:00:00.750Z  0s
            listening              2026-03-01T12:00:02.250Z  1.5s
            not-ready              2026-03-01T12:01:02.250Z  1m1.5s        told so

            requests answered: 0, in flight: 0
            """);
  }

  @Test
  void forgetsTheOldestOfWhatRepeatsAndNothingElse() {
    // Given
    lifecycle.record(Milestone.LISTENING);
    IntStream.rangeClosed(1, 150)
        .forEach(i -> lifecycle.record(Milestone.NOT_READY, Integer.toString(i)));

    // When
    List<Occurrence> events = lifecycle.timeline().events();

    // Then
    assertThat(events).hasSize(102);
    assertThat(events.get(1).event()).isEqualTo(Milestone.LISTENING);
    assertThat(events.get(2).detail()).contains("51");
    assertThat(events.get(101).detail()).contains("150");
  }

  @Test
  void countsWhatIsInFlightAndWhatWasAnswered() {
    // Given
    traffic.began();
    traffic.began();
    traffic.began();
    traffic.ended(true);
    traffic.ended(false);

    // When
    Timeline timeline = lifecycle.timeline();

    // Then
    assertThat(timeline.requests()).isEqualTo(1);
    assertThat(timeline.inFlight()).isEqualTo(1);
  }

  @Test
  void putsTheLastRequestWhereItBelongsInTime() {
    // Given
    traffic.began();
    clock.advance(Duration.ofSeconds(1));
    traffic.ended(true);
    clock.advance(Duration.ofSeconds(1));
    lifecycle.record(Milestone.SIGTERM);

    // Then
    assertThat(lifecycle.timeline().events())
        .extracting(Occurrence::event)
        .containsExactly(Milestone.PROCESS_START, Milestone.LAST_REQUEST, Milestone.SIGTERM);
  }

  @Test
  void keepsADetailToOneShortLine() {
    // Given
    lifecycle.record(Milestone.POST_START, "Hello\r\n\u001b[31m" + "x".repeat(1000));

    // Then
    assertThat(lifecycle.timeline().events().get(1).detail())
        .hasValueSatisfying(
            detail -> assertThat(detail).startsWith("Hello [31mxxx").hasSize(201).endsWith("…"));
  }

  @Test
  void measuresWhatHasHappenedAndNothingElse() {
    // Given
    clock.advance(Duration.ofSeconds(2));
    lifecycle.record(Milestone.LISTENING);

    // Then
    assertThat(meters.get("lab.demo.lifecycle.timestamp").tag("event", "listening").gauge().value())
        .isEqualTo(clock.millis() / 1e3);
    assertThat(meters.find("lab.demo.lifecycle.timestamp").tag("event", "sigterm").gauge())
        .isNull();
  }

  @Test
  void repeatsToAFollowerWhatHasHappenedAndGoesOn() {
    // Given
    lifecycle.record(Milestone.LISTENING);
    AssertSubscriber<FollowerMessage> follower =
        lifecycle.follow().subscribe().withSubscriber(AssertSubscriber.create(100));

    // When
    lifecycle.record(Milestone.SIGTERM);
    lifecycle.end();

    // Then
    follower.assertCompleted();
    assertThat(follower.getItems())
        .filteredOn(Occurrence.class::isInstance)
        .extracting(message -> ((Occurrence) message).event())
        .containsExactly(Milestone.PROCESS_START, Milestone.LISTENING, Milestone.SIGTERM);
  }

  @Test
  void cutsOffAFollowerThatDoesNotRead() {
    // Given
    AssertSubscriber<FollowerMessage> follower =
        lifecycle.follow().subscribe().withSubscriber(AssertSubscriber.create(0));

    // When
    IntStream.range(0, 1000).forEach(i -> lifecycle.sendTraffic());
    follower.request(1000);

    // Then
    assertThat(follower.getFailure()).isNotNull();
  }

  @Test
  void takesAHundredFollowersAndNoMoreThoughTheyComeAtOnce() throws Exception {
    // When
    List<Multi<Timeline>> followed = ConcurrentCalls.call(150, lifecycle::changes);

    // Then
    assertThat(followed).hasSize(Lifecycle.MOST_FOLLOWERS);
    assertThatThrownBy(lifecycle::follow).isInstanceOf(ProblemException.class);

    // When: a disconnected client frees its place
    followed.get(0).subscribe().withSubscriber(AssertSubscriber.create(1)).cancel();

    // Then
    lifecycle.follow();
    assertThatThrownBy(lifecycle::follow).isInstanceOf(ProblemException.class);
  }
}
