package io.podlab.board.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.podlab.kit.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uses the mock server; the tests on a cluster use a real API server. */
@EnableKubernetesMockClient
class InformerTest {
  private static final String PODS = "/api/v1/namespaces/lab/pods";
  private static final String LIST = PODS + "?limit=100";

  private final SettableClock clock = new SettableClock();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
  private KubernetesMockServer server;
  private KubernetesClient client;
  private KubernetesClient impatient;
  private Informer<Pod> informer;

  /** As {@link Cluster} configures it. */
  @BeforeEach
  void prepare() {
    impatient = NoRetryClient.like(client);
    informer =
        new Informer<>(
            impatient,
            new Informer.Watched<>(Pod.class, "pods", 100, ObjectTrimmer::pod, pod -> {}, false),
            "lab",
            executor,
            clock,
            () -> 30,
            new Informer.Listener<>() {
              @Override
              public void changed(Delta<Pod> delta) {
                told.add(
                    (delta.fromWatch() ? "told " : "listed ")
                        + delta.before().map(InformerTest::shown).orElse("-")
                        + ">"
                        + delta.after().map(InformerTest::shown).orElse("-"));
              }

              @Override
              public void listed() {
                told.add("all");
              }
            });
  }

  @AfterEach
  void stop() {
    informer.close();
    executor.shutdownNow();
    impatient.close();
  }

  private static String shown(Pod pod) {
    return pod.getMetadata().getUid() + "@" + pod.getMetadata().getResourceVersion();
  }

  private static Pod pod(String uid, int version) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("web-1")
        .withNamespace("lab")
        .withUid(uid)
        .withResourceVersion(Integer.toString(version))
        .endMetadata()
        .build();
  }

  private static PodList list(int version, String next, Pod... pods) {
    return new PodListBuilder()
        .withNewMetadata()
        .withResourceVersion(Integer.toString(version))
        .withContinue(next)
        .endMetadata()
        .withItems(pods)
        .build();
  }

  private static String watch(int version) {
    return PODS
        + "?allowWatchBookmarks=true&resourceVersion="
        + version
        + "&timeoutSeconds=30&watch=true";
  }

  private void emits(int version, WatchEvent... events) {
    var stream = server.expect().get().withPath(watch(version)).andUpgradeToWebSocket().open();
    for (WatchEvent event : events) {
      stream.waitFor(10).andEmit(event);
    }
    stream.done().once();
  }

  private void awaitReported(String... lines) {
    await().untilAsserted(() -> assertThat(told).containsExactly(lines));
  }

  @Test
  void reportsEachChangeAndContinuesAfterAnInterruption() {
    // Given
    server.expect().get().withPath(LIST).andReturn(200, list(5, null, pod("a", 3))).once();
    emits(5, new WatchEvent(pod("a", 6), "MODIFIED"), new WatchEvent(pod("b", 7), "ADDED"));
    emits(7, new WatchEvent(pod("a", 8), "DELETED"));

    // When
    informer.start();

    // Then
    awaitReported(
        "listed ->a@3", "all", "told a@3>a@6", "told ->b@7", "told a@6>a@8", "told a@8>-");
  }

  @Test
  void listsAllPages() {
    // Given
    server.expect().get().withPath(LIST).andReturn(200, list(5, "more", pod("a", 3))).once();
    server
        .expect()
        .get()
        .withPath(PODS + "?continue=more&limit=100")
        .andReturn(200, list(5, "", pod("b", 4)))
        .once();

    // When
    informer.start();

    // Then
    awaitReported("listed ->a@3", "listed ->b@4", "all");
  }

  @Test
  void listsAgainAfter410Gone() {
    // Given
    server
        .expect()
        .get()
        .withPath(LIST)
        .andReturn(200, list(5, null, pod("a", 3), pod("b", 4), pod("d", 2)))
        .once();
    emits(
        5,
        new WatchEvent(new StatusBuilder().withCode(410).withReason("Expired").build(), "ERROR"));
    server
        .expect()
        .get()
        .withPath(LIST)
        .andReturn(200, list(9, null, pod("b", 8), pod("c", 9), pod("d", 2)))
        .once();

    // When
    informer.start();

    // Then
    awaitReported(
        "listed ->a@3",
        "listed ->b@4",
        "listed ->d@2",
        "all",
        "listed b@4>b@8",
        "listed ->c@9",
        "listed a@3>-",
        "all");
  }

  @Test
  void reportsAMissingRightAndRecoversOnceItIsGranted() {
    // Given
    server
        .expect()
        .get()
        .withPath(LIST)
        .andReturn(403, new StatusBuilder().withCode(403).build())
        .once();
    server.expect().get().withPath(LIST).andReturn(200, list(5, null, pod("a", 3))).once();
    server
        .expect()
        .get()
        .withPath(watch(5))
        .andUpgradeToWebSocket()
        .open()
        .waitFor(3_000)
        .andEmit(new WatchEvent(pod("a", 6), "MODIFIED"))
        .done()
        .once();

    // When
    informer.start();

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(informer.refusal())
                    .contains(
                        new Informer.Refusal("no permission to list pods in namespace lab", true)));
    await().until(informer::isWatching);
    assertThat(informer.refusal()).isEmpty();
    awaitReported("listed ->a@3", "all");
  }

  @Test
  void reportsARejectedCredential() {
    // Given
    server
        .expect()
        .get()
        .withPath(LIST)
        .andReturn(401, new StatusBuilder().withCode(401).build())
        .always();

    // When
    informer.start();

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(informer.refusal())
                    .hasValueSatisfying(
                        refusal -> {
                          assertThat(refusal.why()).contains("credential", "401");
                          assertThat(refusal.denied()).isFalse();
                        }));
    assertThat(informer.isWatching()).isFalse();
  }

  private void opensForASecond() {
    server.expect().get().withPath(LIST).andReturn(200, list(5, null, pod("a", 3))).once();
    server
        .expect()
        .get()
        .withPath(watch(5))
        .andUpgradeToWebSocket()
        .open()
        .waitFor(1_000)
        .andEmit(new WatchEvent(pod("a", 6), "MODIFIED"))
        .done()
        .once();
    informer.start();
    await().until(informer::isWatching);
    executor.shutdownNow();
  }

  @Test
  void isUpToDateWhileTheNextWatchOpensInTime() {
    // Given
    opensForASecond();

    // When
    clock.advance(Duration.ofSeconds(30));
    await().until(() -> !informer.isWatching());

    // Then
    Instant end = clock.instant();
    assertThat(informer.isUpToDate()).isTrue();
    clock.advance(Duration.ofSeconds(11));
    assertThat(informer.isUpToDate()).isFalse();
    assertThat(informer.isDead()).isFalse();
    assertThat(informer.lastHeard()).contains(end);
  }

  @Test
  void isNotUpToDateAfterAWatchThatEndsTooEarly() {
    // Given
    opensForASecond();

    // When
    clock.advance(Duration.ofSeconds(20));
    await().until(() -> !informer.isWatching());

    // Then
    assertThat(informer.isUpToDate()).isFalse();
    assertThat(informer.lastHeard()).contains(clock.instant());
  }

  @Test
  void detectsADeadWatchThatDoesNotEnd() {
    // Given
    Instant begin = clock.instant();
    opensForASecond();

    // When
    clock.advance(Duration.ofSeconds(40));
    assertThat(informer.isDead()).isFalse();
    clock.advance(Duration.ofSeconds(1));

    // Then
    assertThat(informer.isDead()).isTrue();
    assertThat(informer.isUpToDate()).isFalse();
    assertThat(informer.lastHeard()).contains(begin);
  }

  @Test
  void removesUnusedParts() {
    // Given
    Pod pod = pod("a", 3);
    pod.getMetadata()
        .setAnnotations(
            java.util.Map.of(
                "kubectl.kubernetes.io/last-applied-configuration", "{}", "kept", "yes"));

    // When
    ObjectTrimmer.pod(pod);

    // Then
    assertThat(pod.getMetadata().getAnnotations()).containsOnlyKeys("kept");
  }
}
