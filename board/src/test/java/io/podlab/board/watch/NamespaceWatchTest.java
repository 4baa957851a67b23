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

/** Against the mock; the real API server has its part in the tests on a cluster. */
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
  private volatile Optional<Sight.Obstacle> apiServerProblem = Optional.empty();

  @BeforeEach
  void prepare() {
    impatient = ImpatientClient.like(client);
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

  /** The connection stays for some seconds, longer than a test needs. */
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
              watch.look();
              clock.advance(Duration.ofMillis(100));
              return watch.isWatching();
            });
  }

  @Test
  void isBlindWithoutTheRightToPodsAndSeesOnceItIsGiven() {
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
              watch.look();
              assertThat(moments(Kind.BLIND))
                  .singleElement()
                  .extracting(Moment::text)
                  .asString()
                  .contains("not allowed to list pods in namespace lab");
            });
    assertThat(watch.isWatching()).isFalse();
    assertThat(watch.problem()).contains("not allowed to list pods in namespace lab");
    lookUntilWatching();
    assertThat(moments(Kind.SIGHTED)).hasSize(1);
    assertThat(watch.problem()).isEmpty();
  }

  @Test
  void seesWithoutTheRightToAnotherKindAndSaysSo() {
    // Given
    canBeWatched(PODS);
    isForbidden(JOBS, 1_000);

    // When
    watch.start(true);

    // Then
    await()
        .untilAsserted(
            () -> {
              watch.look();
              assertThat(moments(Kind.WARNING))
                  .singleElement()
                  .extracting(Moment::text)
                  .asString()
                  .contains("not allowed to list jobs.batch in namespace lab");
            });
    lookUntilWatching();
    assertThat(moments(Kind.BLIND)).isEmpty();
  }

  @Test
  void isBlindFromTheLastTimeThatTheApiServerWasWell() {
    // Given
    canBeWatched(PODS);
    canBeWatched(JOBS);
    watch.start(true);
    lookUntilWatching();
    watch.look();
    var well = timeline.now();

    // When
    apiServerProblem = Optional.of(new Sight.Obstacle("away", false));
    clock.advance(Duration.ofMillis(500));
    watch.look();
    assertThat(moments(Kind.BLIND)).isEmpty();
    clock.advance(Duration.ofMillis(600));
    watch.look();

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
  void isPatientAtTheStartWhateverTheApiServersClockSays() {
    // Given
    var start = clock.instant();
    timeline.correctClock(Duration.ofSeconds(60));

    // When
    clock.advance(Duration.ofSeconds(9));
    watch.look();
    assertThat(moments(Kind.BLIND)).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    watch.look();

    // Then
    assertThat(moments(Kind.BLIND))
        .singleElement()
        .extracting(Moment::time)
        .isEqualTo(start.plusSeconds(60));
  }

  @Test
  void isBlindFromTheLastSignOfLifeOfAWatchThatIsDead() {
    // Given: a watch on which nothing comes, not even its end.
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
    watch.look();
    assertThat(moments(Kind.BLIND)).isEmpty();
    clock.advance(Duration.ofSeconds(5));
    watch.look();

    // Then
    Moment blind = moments(Kind.BLIND).get(0);
    assertThat(blind.text()).contains("the watch on pods was lost without a word");
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
  void saysThatTheNamespaceDoesNotExistOnce() {
    // When
    watch.confirm();
    watch.confirm();

    // Then
    assertThat(moments(Kind.WARNING))
        .singleElement()
        .extracting(Moment::text)
        .asString()
        .contains("namespace lab does not exist");
  }
}
