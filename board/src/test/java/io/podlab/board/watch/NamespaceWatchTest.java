package io.podlab.board.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.podlab.board.moment.Kind;
import io.podlab.board.timeline.Moment;
import io.podlab.board.timeline.Timeline;
import io.podlab.kit.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uses the mock server; the tests on a cluster use a real API server. */
@EnableKubernetesMockClient
class NamespaceWatchTest {
  private static final String PODS = "/api/v1/namespaces/lab/pods";
  private static final String JOBS = "/apis/batch/v1/namespaces/lab/jobs";
  private static final String WATCH =
      "?allowWatchBookmarks=true&resourceVersion=5&timeoutSeconds=30&watch=true";
  private static final List<String> OTHERS =
      List.of(
          "/api/v1/namespaces/lab/events",
          "/api/v1/namespaces/lab/services",
          "/apis/apps/v1/namespaces/lab/replicasets",
          "/apis/apps/v1/namespaces/lab/deployments",
          "/apis/apps/v1/namespaces/lab/statefulsets",
          "/apis/apps/v1/namespaces/lab/daemonsets",
          "/apis/discovery.k8s.io/v1/namespaces/lab/endpointslices");
  private static final String NOTHING = "{\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[]}";

  private final SettableClock clock = new SettableClock();
  private final Timeline timeline = new Timeline(clock);
  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(4);
  private KubernetesMockServer server;
  private KubernetesClient client;
  private KubernetesClient impatient;
  private NamespaceWatch watch;
  private volatile Optional<OutageDetector.Cause> apiServerProblem = Optional.empty();

  @BeforeEach
  void prepare() {
    impatient = NoRetryClient.like(client);
    watch =
        new NamespaceWatch(
            impatient,
            "lab",
            timeline,
            List.of(),
            executor,
            clock,
            () -> 30,
            () -> apiServerProblem);
    OTHERS.forEach(this::canBeWatched);
  }

  @AfterEach
  void stop() {
    watch.close();
    executor.shutdownNow();
    impatient.close();
  }

  private void canBeWatched(String path) {
    server.expect().get().withPath(path + "?limit=100").andReturn(200, NOTHING).always();
    opens(path, new WatchEvent(pod(), "MODIFIED"));
  }

  /** The connection stays open for some seconds, longer than a test needs. */
  private void opens(String path, WatchEvent last) {
    server
        .expect()
        .get()
        .withPath(
            path + (path.endsWith("/services") ? WATCH.replaceAll("&timeout[^&]+", "") : WATCH))
        .andUpgradeToWebSocket()
        .open()
        .waitFor(5_000)
        .andEmit(last)
        .done()
        .always();
  }

  private static Pod pod() {
    return new PodBuilder()
        .withNewMetadata()
        .withName("web-1")
        .withNamespace("lab")
        .withUid("a")
        .withResourceVersion("5")
        .endMetadata()
        .build();
  }

  private void isForbidden(String path, int times) {
    server
        .expect()
        .get()
        .withPath(path + "?limit=100")
        .andReturn(403, new StatusBuilder().withCode(403).build())
        .times(times);
  }

  private List<Moment> moments(Kind kind) {
    return timeline.recording().moments().stream().filter(one -> one.kind() == kind).toList();
  }

  private void lookUntilWatching() {
    await()
        .until(
            () -> {
              watch.check();
              clock.advance(Duration.ofMillis(100));
              return watch.isWatching();
            });
  }

  @Test
  void hasAnOutageUntilItHasTheRightToPods() {
    // Given
    isForbidden(PODS, 1);
    canBeWatched(PODS);
    canBeWatched(JOBS);

    // When
    watch.start(true);

    // Then
    await()
        .untilAsserted(
            () -> {
              watch.check();
              assertThat(moments(Kind.BLIND))
                  .singleElement()
                  .extracting(Moment::text)
                  .asString()
                  .contains("no permission to list pods in namespace lab");
            });
    assertThat(watch.isWatching()).isFalse();
    assertThat(watch.problem()).contains("no permission to list pods in namespace lab");
    lookUntilWatching();
    assertThat(moments(Kind.SIGHTED)).hasSize(1);
    assertThat(watch.problem()).isEmpty();
  }

  @Test
  void namesTheMissingRightAlsoAfterASlowStart() {
    // Given
    isForbidden(PODS, 1_000);
    clock.advance(Duration.ofSeconds(11));
    watch.check();

    // When
    watch.start(true);

    // Then
    await()
        .untilAsserted(
            () -> {
              watch.check();
              assertThat(moments(Kind.BLIND))
                  .extracting(Moment::text)
                  .containsExactly(
                      "state unknown from here on: the watches have not started yet",
                      "state still unknown: no permission to list pods in namespace lab");
            });
  }

  @Test
  void aWatchThatHasNotStartedIsNotCalledInterrupted() {
    // Given: no thread starts a watch.
    executor.shutdownNow();
    watch.start(true);

    // When
    clock.advance(Duration.ofSeconds(11));
    watch.check();

    // Then
    assertThat(moments(Kind.BLIND))
        .extracting(Moment::text)
        .containsExactly("state unknown from here on: the watch on pods has not started yet");
  }

  @Test
  void warnsAboutAMissingRightToAnotherKind() {
    // Given
    canBeWatched(PODS);
    isForbidden(JOBS, 1_000);

    // When
    watch.start(true);

    // Then
    await()
        .untilAsserted(
            () -> {
              watch.check();
              assertThat(moments(Kind.WARNING))
                  .singleElement()
                  .extracting(Moment::text)
                  .asString()
                  .contains("no permission to list jobs.batch in namespace lab");
            });
    lookUntilWatching();
    assertThat(moments(Kind.BLIND)).isEmpty();
  }

  @Test
  void startsTheOutageWhenTheApiServerLastAnswered() {
    // Given
    canBeWatched(PODS);
    canBeWatched(JOBS);
    watch.start(true);
    lookUntilWatching();
    watch.check();
    var well = timeline.now();

    // When
    apiServerProblem = Optional.of(new OutageDetector.Cause("away", false));
    clock.advance(Duration.ofMillis(500));
    watch.check();
    assertThat(moments(Kind.BLIND)).isEmpty();
    clock.advance(Duration.ofMillis(600));
    watch.check();

    // Then
    assertThat(moments(Kind.BLIND))
        .singleElement()
        .satisfies(
            moment -> {
              assertThat(moment.time()).isEqualTo(well);
              assertThat(moment.approximate()).isTrue();
              assertThat(moment.lane()).isEqualTo("board/lab");
            });
  }

  @Test
  void waitsForTheFirstListsWhateverTheApiServersClock() {
    // Given
    var start = clock.instant();
    timeline.correctClock(Duration.ofSeconds(60));

    // When
    clock.advance(Duration.ofSeconds(9));
    watch.check();
    assertThat(moments(Kind.BLIND)).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    watch.check();

    // Then
    assertThat(moments(Kind.BLIND))
        .singleElement()
        .extracting(Moment::time)
        .isEqualTo(start.plusSeconds(60));
  }

  @Test
  void startsTheOutageAtTheLastEventOfADeadWatch() {
    // Given: a watch without events and without an end.
    server.expect().get().withPath(PODS + "?limit=100").andReturn(200, NOTHING).always();
    server
        .expect()
        .get()
        .withPath(PODS + WATCH)
        .andUpgradeToWebSocket()
        .open()
        .waitFor(10_000)
        .andEmit(new WatchEvent(pod(), "MODIFIED"))
        .done()
        .once();
    server
        .expect()
        .get()
        .withPath(PODS + WATCH)
        .andUpgradeToWebSocket()
        .open()
        .immediately()
        .andEmit(new WatchEvent(pod(), "ADDED"))
        .waitFor(5_000)
        .andEmit(new WatchEvent(pod(), "MODIFIED"))
        .done()
        .always();
    canBeWatched(JOBS);
    Instant begin = clock.instant();
    watch.start(true);
    lookUntilWatching();

    // When
    clock.advance(Duration.ofSeconds(39));
    watch.check();
    assertThat(moments(Kind.BLIND)).isEmpty();
    clock.advance(Duration.ofSeconds(5));
    watch.check();

    // Then
    Moment blind = moments(Kind.BLIND).get(0);
    assertThat(blind.text()).contains("the watch on pods has lost its connection");
    assertThat(blind.time()).isBetween(begin, begin.plusSeconds(2));
    assertThat(blind.approximate()).isTrue();
    lookUntilWatching();
    assertThat(moments(Kind.SIGHTED)).hasSize(1);
    await()
        .untilAsserted(
            () ->
                assertThat(moments(Kind.CREATED))
                    .singleElement()
                    .extracting(Moment::approximate)
                    .isEqualTo(true));
  }

  @Test
  void warnsOnceAboutAMissingNamespace() {
    // When
    watch.checkNamespace();
    watch.checkNamespace();

    // Then
    assertThat(moments(Kind.WARNING))
        .singleElement()
        .extracting(Moment::text)
        .asString()
        .contains("namespace lab does not exist");
  }
}
