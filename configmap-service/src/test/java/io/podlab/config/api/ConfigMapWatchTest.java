package io.podlab.config.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Reading;
import io.podlab.kit.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uses a mock of the API server; ConfigMapServiceIT uses a real one. */
@EnableKubernetesMockClient(crud = true)
class ConfigMapWatchTest {
  private static final ConfigMapName NAME = new ConfigMapName(Optional.of("lab"), "demo");

  private final SettableClock clock = new SettableClock();
  private KubernetesMockServer server;
  private KubernetesClient client;
  private KubernetesClient impatient;
  private ConfigMapWatch watch;

  @AfterEach
  void stop() {
    watch.close();
    impatient.close();
  }

  /** The same as in application.properties. */
  private void start() {
    start(server.getPort());
  }

  private void start(int port) {
    impatient =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(client.getConfiguration())
                    .withRequestRetryBackoffLimit(0)
                    .withRequestTimeout(5000)
                    .withMasterUrl("https://localhost:" + port)
                    .build())
            .build();
    watch = new ConfigMapWatch(impatient, NAME, clock);
    watch.start();
    watch.awaitFirst();
  }

  private ConfigMap configMap(Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("lab")
        .withName("demo")
        .endMetadata()
        .withData(data)
        .build();
  }

  private void create(Map<String, String> data) {
    client.resource(configMap(data)).create();
  }

  private void awaitData(Map<String, String> data) {
    await().untilAsserted(() -> assertThat(content().snapshot().data()).isEqualTo(data));
  }

  private Reading.Content content() {
    assertThat(watch.look().reading()).isInstanceOf(Reading.Content.class);
    return (Reading.Content) watch.look().reading();
  }

  @Test
  void hasTheConfigMapAndItsResourceVersion() {
    // Given
    create(Map.of("color", "red"));

    // When
    start();

    // Then
    assertThat(content().snapshot().data()).isEqualTo(Map.of("color", "red"));
    assertThat(content().version()).isPresent();
    assertThat(content().immutable()).isFalse();
    assertThat(watch.look().confirmedAt()).contains(clock.instant());
    assertThat(watch.origin()).isEqualTo("lab/demo");
  }

  @Test
  void readsBinaryData() {
    // Given
    ConfigMap configMap = configMap(Map.of("color", "red"));
    configMap.setBinaryData(Map.of("size", "YQ=="));
    client.resource(configMap).create();

    // When
    start();

    // Then
    assertThat(content().snapshot().data()).isEqualTo(Map.of("color", "red", "size", "a"));
  }

  @Test
  void knowsWhenTheWatchToldOfAChange() {
    // Given
    create(Map.of("color", "red"));
    start();
    await().until(watch::hasSeenWatch);
    clock.advance(Duration.ofHours(1));

    // When
    client.resource(configMap(Map.of("color", "blue"))).update();

    // Then
    awaitData(Map.of("color", "blue"));
    assertThat(content().changed()).contains(clock.instant());
  }

  @Test
  void knowsThatItIsDeletedAndMadeAnew() {
    // Given
    create(Map.of("color", "red"));
    start();
    await().until(watch::watching);

    // When
    client.configMaps().inNamespace("lab").withName("demo").delete();

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(watch.look().reading())
                    .isEqualTo(new Reading.Gone("ConfigMap lab/demo does not exist")));
    create(Map.of("color", "green"));
    awaitData(Map.of("color", "green"));
  }

  @Test
  void waitsForOneThatIsNotThereYet() {
    // Given
    start();
    assertThat(watch.look().reading()).isInstanceOf(Reading.Gone.class);

    // When
    create(Map.of("color", "red"));

    // Then
    awaitData(Map.of("color", "red"));
  }

  @Test
  void saysThatItIsImmutable() {
    // Given
    ConfigMap immutable = configMap(Map.of("color", "red"));
    immutable.setImmutable(true);
    client.resource(immutable).create();

    // When
    start();

    // Then
    assertThat(content().immutable()).isTrue();
    assertThat(watch.reloads()).startsWith("never: immutable");
  }

  @Test
  void hasTheRevisionOfAVolumeWithTheSameBytes() {
    // Given
    ConfigMap configMap = configMap(Map.of("color", "red"));
    configMap.setBinaryData(Map.of("text", "YQ==", "logo", "/w=="));
    client.resource(configMap).create();

    // When
    start();

    // Then
    assertThat(content().snapshot())
        .isEqualTo(
            Snapshot.of(
                new TreeMap<>(
                    Map.of(
                        "color", "red".getBytes(StandardCharsets.UTF_8),
                        "text", new byte[] {'a'},
                        "logo", new byte[] {(byte) 0xff}))));
  }

  @Test
  void asksAgainByItselfWhatTheWatchDoesNotTell() {
    // Given
    create(Map.of("color", "red"));
    start();
    await().until(watch::watching);
    watch.refreshEvery(Duration.ofSeconds(1));

    // When
    clock.advance(Duration.ofMinutes(1));

    // Then
    await().untilAsserted(() -> assertThat(watch.look().confirmedAt()).contains(clock.instant()));
  }

  @Test
  void cannotBeReadWithoutTheServerAndConfirmsNothing() {
    // Given
    create(Map.of("color", "red"));
    start();
    Optional<Instant> confirmedAt = watch.look().confirmedAt();

    watch.refreshEvery(Duration.ofSeconds(1));

    // When
    server.shutdown();

    // Then
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(watch.look().reading())
                    .isEqualTo(
                        new Reading.Unreadable(
                            "cannot reach the API server at " + impatient.getMasterUrl())));
    Reading first = watch.look().reading();
    watch.ask().join();
    assertThat(watch.look().reading()).isSameAs(first);
    assertThat(watch.look().confirmedAt()).isEqualTo(confirmedAt);
    assertThat(watch.watching()).isFalse();
  }

  @Test
  void givesTheSameReadingWhileItIsGone() {
    // Given
    start();
    Reading before = watch.look().reading();
    assertThat(before).isInstanceOf(Reading.Gone.class);
    watch.refreshEvery(Duration.ofSeconds(1));

    // When
    clock.advance(Duration.ofMinutes(1));
    await().untilAsserted(() -> assertThat(watch.look().confirmedAt()).contains(clock.instant()));

    // Then
    assertThat(watch.look().reading()).isSameAs(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9  | watching ConfigMap lab/demo",
        "10 | watching ConfigMap lab/demo >"
            + " the watch on ConfigMap lab/demo has been down for 10s; reading the ConfigMap every second instead >"
            + " watching ConfigMap lab/demo again after 10s",
      })
  void logsAGapOnlyIfItLasts(int seconds, String lines) throws Exception {
    // Given
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler handler = handler(logged);
    Logger logger = Logger.getLogger(ConfigMapWatch.class.getName());
    logger.addHandler(handler);
    try (Relay relay = Relay.to(server.getPort())) {
      create(Map.of("color", "red"));
      start(relay.port());
      await().until(watch::hasSeenWatch);

      // When
      relay.cut();
      await().until(() -> !watch.hasSeenWatch());
      clock.advance(Duration.ofSeconds(seconds));
      await().until(() -> logged.size() > 1 || seconds < 10);
      relay.mend();

      // Then
      await().atMost(Duration.ofSeconds(30)).until(watch::hasSeenWatch);
      assertThat(logged).containsExactly(lines.split(" > "));
    } finally {
      logger.removeHandler(handler);
    }
  }

  private static Handler handler(List<String> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord one) {
        logged.add(one.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
