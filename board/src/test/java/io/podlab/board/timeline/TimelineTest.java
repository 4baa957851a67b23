package io.podlab.board.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.board.moment.Kind;
import io.podlab.board.moment.Observed;
import io.podlab.board.moment.PodState;
import io.podlab.board.moment.Source;
import io.podlab.kit.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimelineTest {
  /** {@code 12:00:00.75}. */
  private final SettableClock clock = new SettableClock();

  private final Timeline timeline = new Timeline(clock);

  private static Lane lane(String kind, String uid, String owner) {
    return new Lane(uid, kind, "lab", "name-" + uid, owner, Map.of(), null, null, null, null);
  }

  private static Lane pod(String uid) {
    return lane("Pod", uid, null);
  }

  private static Observed moment(String lane, Kind kind, Source source, Instant told) {
    return Observed.of(lane, kind, source, Optional.ofNullable(told), kind.label());
  }

  private Observed now(String lane, Kind kind) {
    return moment(lane, kind, Source.PODS, null);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-03-01T" + time + "Z");
  }

  private List<Kind> kinds() {
    return timeline.recording().moments().stream().map(Moment::kind).toList();
  }

  private List<String> lanes() {
    return timeline.recording().lanes().stream().map(Lane::uid).toList();
  }

  private Moment only() {
    assertThat(timeline.recording().moments()).hasSize(1);
    return timeline.recording().moments().get(0);
  }

  @Test
  void placesAMomentAtTheTimeSeenAndKeepsTheApiTime() {
    // Given
    timeline.lane(pod("a"));

    // When
    timeline.add(moment("a", Kind.READY, Source.PODS, at("12:00:00")).entering(PodState.READY));

    // Then
    assertThat(only())
        .isEqualTo(
            new Moment(
                2,
                at("12:00:00").getEpochSecond(),
                at("12:00:00.75"),
                at("12:00:00.75"),
                at("12:00:00"),
                false,
                Source.PODS,
                Kind.READY,
                "a",
                "lab",
                "Pod/name-a",
                PodState.READY,
                null,
                null,
                null,
                "ready"));
  }

  @Test
  void placesALateMomentAtTheApiTime() {
    // Given
    timeline.lane(pod("a"));

    // When
    timeline.add(moment("a", Kind.WARNING, Source.EVENTS, at("11:59:50")));

    // Then
    assertThat(only().time()).isEqualTo(at("11:59:50"));
    assertThat(only().seen()).isEqualTo(at("12:00:00.75"));
  }

  @Test
  void ignoresAFutureTime() {
    // Given
    timeline.lane(pod("a"));

    // When
    timeline.add(moment("a", Kind.WARNING, Source.EVENTS, at("12:01:00")));

    // Then
    assertThat(only().time()).isEqualTo(at("12:00:00.75"));
    assertThat(only().order()).isEqualTo(at("12:00:00").getEpochSecond());
  }

  @Test
  void correctsTheClock() {
    // Given
    timeline.correctClock(Duration.ofMinutes(1));
    timeline.lane(pod("a"));

    // When
    timeline.add(moment("a", Kind.READY, Source.PODS, at("12:01:00")));

    // Then
    assertThat(only().seen()).isEqualTo(at("12:01:00.75"));
  }

  @Test
  void correctsTheStartTime() {
    // When
    timeline.correctClock(Duration.ofMinutes(1));
    clock.advance(Duration.ofSeconds(1));

    // Then
    assertThat(timeline.recording().from()).isEqualTo(at("12:01:00.75"));
  }

  @Test
  void ordersOneWatchByArrivalAndSeveralByTheApisTime() {
    // Given
    timeline.lane(pod("a"));
    timeline.lane(pod("b"));

    // When
    timeline.add(moment("a", Kind.CREATED, Source.PODS, at("12:00:00")));
    timeline.add(moment("b", Kind.SCHEDULED, Source.PODS, at("11:59:57")));
    timeline.add(moment("a", Kind.WARNING, Source.EVENTS, at("11:59:58")));
    timeline.add(moment("a", Kind.PROBE_FAILED, Source.EVENTS, at("12:00:00")));

    // Then
    assertThat(kinds())
        .containsExactly(Kind.WARNING, Kind.CREATED, Kind.SCHEDULED, Kind.PROBE_FAILED);
  }

  @Test
  void ordersWhatIsRebuiltByItsTimeAndOneLaneByArrival() {
    // Given
    timeline.lane(pod("a"));
    timeline.lane(pod("b"));

    // When
    timeline.add(moment("a", Kind.CREATED, Source.PODS, at("11:50:00")).asApproximate());
    timeline.add(moment("a", Kind.READY, Source.PODS, at("11:58:00")).asApproximate());
    timeline.add(moment("b", Kind.SCHEDULED, Source.PODS, at("11:55:00")).asApproximate());
    timeline.add(moment("b", Kind.CONTAINER_STARTED, Source.PODS, at("11:54:59")).asApproximate());

    // Then
    assertThat(kinds())
        .containsExactly(Kind.CREATED, Kind.SCHEDULED, Kind.CONTAINER_STARTED, Kind.READY);
  }

  @Test
  void placesAMomentOfAProgramAtTheProgramsTime() {
    // Given
    timeline.lane(pod("a"));

    // When
    timeline.add(moment("a", Kind.SIGNAL_ARRIVED, Source.PROGRAM, at("11:59:59.999")));

    // Then
    assertThat(only().time()).isEqualTo(at("11:59:59.999"));
  }

  @Test
  void ignoresAMomentOfAnUnknownLane() {
    // When
    timeline.add(now("a", Kind.READY));

    // Then
    assertThat(kinds()).isEmpty();
  }

  @Test
  void dropsMomentsAfterAnHourButKeepsTheState() {
    // Given
    timeline.lane(pod("a"));
    timeline.add(now("a", Kind.READY).entering(PodState.READY));

    // When
    clock.advance(Duration.ofMinutes(61));

    // Then
    Recording recording = timeline.recording();
    assertThat(recording.moments()).isEmpty();
    assertThat(recording.dropped()).isEqualTo(1);
    assertThat(recording.from()).isEqualTo(recording.to().minus(Duration.ofHours(1)));
    assertThat(recording.lanes()).extracting(Lane::state).containsExactly(PodState.READY);
  }

  @Test
  void remembersTheEndpointsOfAService() {
    // Given
    timeline.lane(lane("Service", "s", null));
    timeline.add(now("s", Kind.ENDPOINT_IN).ofEndpoint("web-1"));
    timeline.add(now("s", Kind.ENDPOINT_IN).ofEndpoint("web-2"));
    timeline.add(now("s", Kind.ENDPOINT_OUT).ofEndpoint("web-1"));

    // When
    clock.advance(Duration.ofMinutes(61));

    // Then
    assertThat(timeline.recording().lanes().get(0).endpoints()).containsExactly("web-2");
  }

  @Test
  void remembersEndpointsThatStillServeAndThatThereAreNone() {
    // Given
    timeline.lane(lane("Service", "s", null));
    timeline.lane(lane("Service", "empty", null));
    timeline.add(now("s", Kind.SERVING_WHILE_TERMINATING).ofEndpoint("web-1"));
    timeline.add(now("empty", Kind.NO_ENDPOINTS));

    // When
    clock.advance(Duration.ofMinutes(61));

    // Then
    assertThat(timeline.recording().lanes())
        .extracting(Lane::endpoints)
        .containsExactly(List.of("web-1"), List.of());
  }

  @Test
  void reportsSinceWhenItWatchesByTheApiServersClock() {
    timeline.correctClock(Duration.ofMinutes(1));
    timeline.correctClock(Duration.ofSeconds(-10));

    assertThat(timeline.recording().seenFrom()).isEqualTo(at("11:59:50.75"));
    assertThat(timeline.status().seenFrom()).isEqualTo(at("11:59:50.75"));
  }

  @Test
  void keepsOnlyTheStateOfOldRebuiltMoments() {
    // Given
    timeline.lane(pod("a"));

    // When
    timeline.add(
        moment("a", Kind.READY, Source.PODS, at("09:00:00"))
            .asApproximate()
            .entering(PodState.READY));

    // Then
    Recording recording = timeline.recording();
    assertThat(recording.moments()).isEmpty();
    assertThat(recording.dropped()).isZero();
    assertThat(recording.lanes()).extracting(Lane::state).containsExactly(PodState.READY);
  }

  @Test
  void keepsTheStateWhenALaneIsUpdated() {
    // Given
    timeline.lane(pod("a"));
    timeline.add(now("a", Kind.READY).entering(PodState.READY));
    clock.advance(Duration.ofMinutes(61));

    // When
    timeline.lane(lane("Pod", "a", "Deployment/web"));

    // Then
    assertThat(timeline.recording().lanes())
        .extracting(Lane::owner, Lane::state)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("Deployment/web", PodState.READY));
  }

  @Test
  void removesADeletedLaneWithItsLastMoment() {
    // Given
    timeline.lane(pod("a"));
    timeline.lane(pod("b"));
    timeline.add(now("a", Kind.GONE).entering(PodState.GONE));
    timeline.add(now("b", Kind.READY));
    clock.advance(Duration.ofMinutes(59));
    assertThat(lanes()).containsExactly("a", "b");

    // When
    clock.advance(Duration.ofMinutes(2));

    // Then
    assertThat(lanes()).containsExactly("b");
  }

  @Test
  void keepsTheNewestOfTooManyMoments() {
    // Given
    timeline.lane(pod("a"));
    timeline.add(now("a", Kind.CREATED).entering(PodState.PENDING));
    clock.advance(Duration.ofSeconds(1));

    // When
    IntStream.range(0, Timeline.MOST_MOMENTS).forEach(i -> timeline.add(now("a", Kind.WARNING)));

    // Then
    Recording recording = timeline.recording();
    assertThat(recording.moments()).hasSize(Timeline.MOST_MOMENTS);
    assertThat(recording.moments()).extracting(Moment::kind).containsOnly(Kind.WARNING);
    assertThat(recording.dropped()).isEqualTo(1);
    assertThat(recording.lanes()).extracting(Lane::state).containsExactly(PodState.PENDING);
  }

  @Test
  void removesLanesOfDeletedPodsFirst() {
    // Given
    IntStream.range(0, Timeline.MOST_PODS).forEach(i -> timeline.lane(pod("p" + i)));
    timeline.add(now("p7", Kind.GONE));
    timeline.lane(lane("Service", "s", null));

    // When
    timeline.lane(pod("next"));

    // Then
    assertThat(lanes()).hasSize(Timeline.MOST_PODS + 1).contains("p0", "s").doesNotContain("p7");
    assertThat(kinds()).isEmpty();
    assertThat(timeline.recording().dropped()).isEqualTo(1);

    // When
    timeline.lane(pod("last"));

    // Then
    assertThat(lanes()).hasSize(Timeline.MOST_PODS + 1).doesNotContain("p0");
  }

  @Test
  void doesNotBringBackARemovedPodBeforeItsDeletion() {
    // Given
    timeline.lane(pod("first"));
    clock.advance(Duration.ofSeconds(9));
    timeline.add(now("first", Kind.READY));
    IntStream.range(0, Timeline.MOST_PODS).forEach(i -> timeline.lane(pod("p" + i)));

    // When
    timeline.lane(lane("Pod", "first", "Deployment/web"));

    // Then
    assertThat(lanes()).hasSize(Timeline.MOST_PODS).contains("p0").doesNotContain("first");
    assertThat(timeline.recording().from()).isEqualTo(clock.instant());

    // When
    timeline.gone("first");
    timeline.lane(pod("first"));

    // Then
    assertThat(lanes()).contains("first").doesNotContain("p0");
  }

  @ParameterizedTest
  @EnumSource(names = {"PROBE_PASSED", "PROBE_REFUSED"})
  void keepsTheLastHundredProbesOfAPod(Kind kind) {
    // Given
    timeline.lane(pod("a"));
    timeline.lane(pod("b"));
    timeline.add(moment("b", kind, Source.PROGRAM, null));
    timeline.add(now("a", Kind.READY));

    // When
    IntStream.range(0, 150)
        .forEach(
            i -> {
              clock.advance(Duration.ofSeconds(1));
              timeline.add(moment("a", kind, Source.PROGRAM, null));
            });

    // Then
    List<Moment> probes =
        timeline.recording().moments().stream()
            .filter(moment -> moment.kind() == kind && moment.lane().equals("a"))
            .toList();
    assertThat(probes).hasSize(100);
    assertThat(probes.get(99).seen()).isEqualTo(clock.instant());
    assertThat(probes.get(0).text()).startsWith(kind.label()).contains("50");
    assertThat(probes.get(1).text()).isEqualTo(kind.label());
    assertThat(kinds()).hasSize(102);
  }

  @Test
  void reportsEachLaneBeforeItsFirstMoment() {
    // Given
    timeline.lane(pod("a"));
    long known = timeline.snapshot().upTo();
    timeline.add(now("a", Kind.CREATED));
    timeline.lane(pod("b"));
    timeline.add(now("b", Kind.CREATED));
    timeline.lane(lane("Pod", "b", "Deployment/web"));

    // When
    List<Change> told = new ArrayList<>();
    long after = known;
    while (after < timeline.lastNumber()) {
      Timeline.Changes changes = timeline.changes(after, known, 1);
      told.addAll(changes.list());
      after = changes.upTo();
    }

    // Then
    assertThat(told.stream().map(TimelineTest::shown))
        .startsWith("created of a", "lane b", "created of b");
    assertThat(told).contains(lane("Pod", "b", "Deployment/web"));
  }

  private static String shown(Change change) {
    return change instanceof Moment moment
        ? moment.kind().label() + " of " + moment.lane()
        : "lane " + ((Lane) change).uid();
  }

  @Test
  void showsARecordingAsItWas() {
    // Given
    timeline.lane(lane("Pod", "a", "Deployment/web"));
    timeline.add(now("a", Kind.READY).entering(PodState.READY));
    timeline.describe("lab", List.of("lab"));
    Recording recording = timeline.recording();
    clock.advance(Duration.ofDays(3));
    Timeline other = new Timeline(clock);

    // When
    other.show(recording);

    // Then
    assertThat(other.recording()).isEqualTo(recording);
    assertThat(other.now()).isEqualTo(recording.to());
    assertThat(other.namespaces()).containsExactly("lab");
  }
}
