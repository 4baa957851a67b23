package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.config.directory.ConfigDirectory;
import io.podlab.config.directory.MountedConfigMap;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.settings.Settings;
import io.podlab.config.source.Source;
import io.podlab.kit.testing.SettableClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReloaderTest {
  @TempDir Path temporary;
  private final SettableClock clock = new SettableClock();
  private final AtomicLong nanos = new AtomicLong();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Settings> effects = new ArrayList<>();
  private Error broken;
  private Path directory;
  private MountedConfigMap configMap;
  private Reloader reloader;

  @BeforeEach
  void start() throws IOException {
    directory = Files.createDirectory(temporary.resolve("config"));
    configMap = new MountedConfigMap(directory);
    configMap.publish(Map.of("color", "red"));
    reloader = reloader(Optional.empty());
  }

  private Reloader reloader(Optional<LastGood> lastGood) {
    Source source = new ConfigDirectory(directory, clock);
    return new Reloader(
        List.of(source), source, lastGood, clock, nanos::get, meters, this::takeEffect);
  }

  private void takeEffect(Settings settings) {
    if (broken != null) {
      throw broken;
    }
    effects.add(settings);
  }

  @AfterEach
  void stop() {
    if (reloader != null) {
      reloader.close();
    }
  }

  /** Looks until a change has settled. */
  private void settle() {
    for (int i = 0; i < 4; i++) {
      reloader.look();
      nanos.addAndGet(Duration.ofMillis(50).toNanos());
    }
  }

  private void publish(String color) throws IOException {
    configMap.publish(Map.of("color", color));
  }

  private String color() {
    return reloader.state().loaded().settings().color();
  }

  @Test
  void hasTheConfigurationFromTheStart() {
    assertThat(color()).isEqualTo("red");
    assertThat(effects).hasSize(1);
  }

  @Test
  void takesUpAnUpdate() throws IOException {
    // Given
    publish("blue");
    clock.advance(Duration.ofMinutes(1));

    // When
    settle();

    // Then
    assertThat(color()).isEqualTo("blue");
    assertThat(reloader.state().loaded().at()).isEqualTo(clock.instant());
    assertThat(effects).hasSize(2);
    assertThat(reloads("success")).isOne();
  }

  @Test
  void triesAgainWhatWentWrongWhenItWasTakenUp() throws IOException {
    // Given
    publish("blue");
    reloader.look();
    nanos.addAndGet(Settling.QUIET_AFTER_A_CHANGE.toNanos());
    broken = new StackOverflowError("this time");

    // When
    assertThatThrownBy(reloader::look).isSameAs(broken);
    assertThat(color()).isEqualTo("red");
    broken = null;
    reloader.look();

    // Then
    assertThat(color()).isEqualTo("blue");
    assertThat(reloader.history()).hasSize(2);
    assertThat(reloads("success")).isOne();
  }

  @Test
  void waitsForAChangeToSettle() throws IOException {
    // Given
    publish("blue");

    // When
    reloader.look();

    // Then
    assertThat(color()).isEqualTo("red");
  }

  @Test
  void waitsForNothingWhenItIsTold() throws IOException {
    // Given
    publish("blue");

    // When
    reloader.reload();

    // Then
    assertThat(color()).isEqualTo("blue");
  }

  @Test
  void changesNothingButTheVersionWhenTheSameIsPublishedAgain() throws IOException {
    // Given
    Loaded before = reloader.state().loaded();
    publish("red");
    clock.advance(Duration.ofMinutes(1));

    // When
    settle();

    // Then
    Loaded now = reloader.state().loaded();
    assertThat(now.at()).isEqualTo(before.at());
    assertThat(now.version()).isNotEqualTo(before.version());
    assertThat(reloader.history()).hasSize(1);
  }

  @Test
  void rejectsAWrongValueWholeAndSaysWhy() throws IOException {
    // Given
    Loaded before = reloader.state().loaded();
    configMap.publish(Map.of("color", "blurple", "greeting", "Hi"));

    // When
    settle();

    // Then
    assertThat(reloader.state().loaded()).isSameAs(before);
    assertThat(reloader.state().rejected())
        .hasValueSatisfying(
            rejected -> {
              assertThat(rejected.revision()).isPresent();
              assertThat(rejected.errors()).extracting(KeyError::key).containsExactly("color");
            });
    assertThat(reloads("rejected")).isOne();
    assertThat(lastReloadSuccessful()).isZero();
  }

  @Test
  void rejectsWhatIsTooLongWithoutARevision() throws IOException {
    // Given
    configMap.publish(Map.of("x", "x".repeat(2 * 1024 * 1024)));

    // When
    settle();

    // Then
    assertThat(reloader.state().rejected())
        .hasValueSatisfying(
            rejected -> {
              assertThat(rejected.revision()).isEmpty();
              assertThat(rejected.errors()).extracting(KeyError::key).containsExactly("x");
            });
  }

  @Test
  void countsARejectionOnce() throws IOException {
    // Given
    publish("blurple");

    // When
    settle();
    settle();

    // Then
    assertThat(reloads("rejected")).isOne();
    assertThat(reloader.history()).hasSize(2);
  }

  @Test
  void isGoodAgainWhenTheWrongValueIsTakenBack() throws IOException {
    // Given
    publish("blurple");
    settle();
    publish("red");

    // When
    settle();

    // Then
    assertThat(reloader.state().isGood()).isTrue();
    assertThat(lastReloadSuccessful()).isOne();
    assertThat(reloads("success")).isZero();
  }

  @Test
  void keepsTheLastGoodOneWhenTheDirectoryIsGoneAndSaysSo() throws IOException {
    // Given
    Files.move(directory, temporary.resolve("away"));

    // When
    settle();

    // Then
    assertThat(color()).isEqualTo("red");
    assertThat(reloader.state().gone())
        .hasValueSatisfying(gone -> assertThat(gone.why()).isEqualTo(directory + " is gone"));
    assertThat(reloads("gone")).isOne();
  }

  @Test
  void takesUpWhatChangedWhileTheDirectoryWasAway() throws IOException {
    // Given
    Files.move(directory, temporary.resolve("away"));
    settle();
    new MountedConfigMap(Files.createDirectory(directory)).publish(Map.of("color", "green"));

    // When
    settle();

    // Then
    assertThat(color()).isEqualTo("green");
    assertThat(reloader.state().gone()).isEmpty();
  }

  @Test
  void isStaleWhenTheSourceHasNotAnsweredForThreeTimesRefresh() throws IOException {
    // Given
    Instant before = clock.instant();
    Files.delete(directory.resolve("..data"));
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..nowhere"));
    clock.advance(Duration.ofSeconds(90));
    settle();
    assertThat(reloader.isStale()).isFalse();

    // When
    clock.advance(Duration.ofSeconds(1));
    settle();

    // Then
    assertThat(reloader.isStale()).isTrue();
    assertThat(reloader.confirmedAt()).contains(before);
    assertThat(reloader.state().unreadable()).isPresent();
  }

  @Test
  void isNotStaleWhileAWrongValueStands() throws IOException {
    // Given
    publish("blurple");
    settle();
    clock.advance(Duration.ofHours(1));

    // When
    settle();

    // Then
    assertThat(reloader.isStale()).isFalse();
  }

  @Test
  void remembersWhatWasAcceptedAndWhatWasRejected() throws IOException {
    // Given
    publish("blurple");
    settle();
    publish("blue");

    // When
    settle();

    // Then
    assertThat(reloader.history())
        .extracting(Revision::result)
        .containsExactly(
            Revision.Result.ACCEPTED, Revision.Result.REJECTED, Revision.Result.ACCEPTED);
    assertThat(reloader.history().get(0).changes())
        .extracting(Change::sentence)
        .containsExactly("color: red -> blue");
    assertThat(reloader.history().get(1).changes())
        .extracting(Change::sentence)
        .containsExactly("color: red -> blurple");
  }

  @Test
  void remembersAHundred() throws IOException {
    // When
    for (int i = 0; i < 120; i++) {
      configMap.publish(Map.of("x", Integer.toString(i)));
      reloader.reload();
    }

    // Then
    assertThat(reloader.history()).hasSize(100);
    assertThat(reloader.history().get(0).changes())
        .extracting(Change::sentence)
        .containsExactly("x: 118 -> 119");
  }

  @Test
  void tellsThoseWhoFollow() throws IOException {
    // Given
    AssertSubscriber<State> follower =
        reloader.follow().subscribe().withSubscriber(AssertSubscriber.create(10));
    publish("blue");

    // When
    settle();

    // Then
    assertThat(follower.getItems())
        .extracting(state -> state.loaded().settings().color())
        .containsExactly("red", "blue");
  }

  @Test
  void showsOneRevisionAtATime() throws IOException {
    // Given
    publish("blue");

    // When
    settle();

    // Then
    assertThat(meters.get("lab.config.revision.info").gauges())
        .singleElement()
        .satisfies(
            gauge ->
                assertThat(gauge.getId().getTag("revision"))
                    .isEqualTo(reloader.state().loaded().snapshot().revision()));
  }

  @Test
  void keepsTheLastGoodOneOnDiskForAStartWithoutAny() throws IOException {
    // Given
    Path disk = temporary.resolve("last");
    reloader.close();
    reloader = reloader(Optional.of(LastGood.in(disk)));
    reloader.close();
    publish("blurple");

    // When
    reloader = reloader(Optional.of(LastGood.in(disk)));

    // Then
    assertThat(color()).isEqualTo("red");
    assertThat(reloader.state().loaded().kept()).isTrue();
    assertThat(reloader.state().rejected()).isPresent();
  }

  @Test
  void isNoLongerTheKeptOneWhenTheSourceGivesTheSame() throws IOException {
    // Given
    Path disk = temporary.resolve("last");
    reloader.close();
    reloader = reloader(Optional.of(LastGood.in(disk)));
    reloader.close();
    publish("blurple");
    reloader = reloader(Optional.of(LastGood.in(disk)));
    publish("red");

    // When
    settle();

    // Then
    assertThat(reloader.state().loaded().kept()).isFalse();
    assertThat(reloader.state().isGood()).isTrue();
  }

  @Test
  void doesNotStartWithADamagedLastGoodOne() throws IOException {
    // Given
    Path disk = temporary.resolve("last");
    reloader.close();
    reloader = reloader(Optional.of(LastGood.in(disk)));
    reloader.close();
    Path file = disk.resolve(LastGood.FILE);
    Files.writeString(file, Files.readString(file).replace("red", "tan"));
    publish("blurple");
    reloader = null;

    // When, Then
    assertThatThrownBy(() -> reloader(Optional.of(LastGood.in(disk))))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void doesNotStartWithAWrongConfiguration() throws IOException {
    // Given
    publish("blurple");

    // When, Then
    assertThatThrownBy(() -> reloader(Optional.empty()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "no good configuration from volume %s: color \"blurple\": ", directory);
  }

  private double reloads(String result) {
    return meters
        .get("lab.config.reloads")
        .tag("source", "volume")
        .tag("result", result)
        .counter()
        .count();
  }

  private double lastReloadSuccessful() {
    return meters.get("lab.config.last.reload.successful").gauge().value();
  }

  @Test
  void recordsARejectionOnceHoweverOftenItIsRead() throws IOException {
    // Given
    publish("blurple");
    settle();
    Rejected first = reloader.state().rejected().orElseThrow();
    clock.advance(Duration.ofMinutes(1));

    // When
    for (int i = 0; i < 3; i++) {
      reloader.reload();
    }

    // Then
    assertThat(reloads("rejected")).isOne();
    assertThat(reloader.history()).hasSize(2);
    assertThat(reloader.state().rejected()).containsSame(first);
  }

  @Test
  void recordsWhatIsTooLongOnceHoweverOftenItIsRead() throws IOException {
    // Given
    configMap.publish(Map.of("x", "x".repeat(2 * 1024 * 1024)));
    settle();

    // When
    reloader.reload();

    // Then
    assertThat(reloads("rejected")).isOne();
    assertThat(reloader.history()).hasSize(2);
  }

  @Test
  void tellsOnceThatTheSourceIsGoneHoweverOftenItIsRead() throws IOException {
    // Given
    Files.move(directory, temporary.resolve("away"));
    settle();
    Instant when = clock.instant();
    clock.advance(Duration.ofMinutes(1));

    // When
    reloader.reload();

    // Then
    assertThat(reloads("gone")).isOne();
    assertThat(reloader.state().gone().map(Trouble::when)).contains(when);
  }

  @Test
  void tellsOnceThatTheSourceIsUnreadableHoweverOftenItIsRead() throws IOException {
    // Given
    Files.delete(directory.resolve("..data"));
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..nowhere"));
    settle();
    clock.advance(Duration.ofMinutes(1));

    // When
    reloader.reload();

    // Then
    assertThat(reloads("unreadable")).isOne();
  }

  @Test
  void remembersTheRejectionWhileTheSourceCannotBeRead() throws IOException {
    // Given
    publish("blurple");
    settle();
    Path target = Files.readSymbolicLink(directory.resolve("..data"));
    Files.delete(directory.resolve("..data"));
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..nowhere"));
    settle();
    assertThat(reloader.state().unreadable()).isPresent();
    Files.delete(directory.resolve("..data"));
    Files.createSymbolicLink(directory.resolve("..data"), target);

    // When
    settle();

    // Then
    assertThat(reloader.state().unreadable()).isEmpty();
    assertThat(reloader.state().rejected()).isPresent();
    assertThat(reloads("rejected")).isOne();
  }

  @Test
  void confirmsNothingWhileAChangeSettles() throws IOException {
    // Given
    Instant before = clock.instant();
    publish("blue");
    clock.advance(Duration.ofSeconds(5));

    // When
    reloader.look();

    // Then
    assertThat(color()).isEqualTo("red");
    assertThat(reloader.confirmedAt()).contains(before);
    settle();
    assertThat(color()).isEqualTo("blue");
    assertThat(reloader.confirmedAt()).contains(clock.instant());
  }

  @Test
  void tellsTheNewestStateAloneToOneWhoReadsLate() throws IOException {
    // Given
    AssertSubscriber<State> late =
        reloader.follow().subscribe().withSubscriber(AssertSubscriber.create(1));
    for (String color : List.of("blue", "green", "tan")) {
      publish(color);
      reloader.reload();
    }

    // When
    late.request(10);

    // Then
    assertThat(late.getItems())
        .extracting(state -> state.loaded().settings().color())
        .containsExactly("red", "tan");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "", "{\"data\": {\"a\": null}}"})
  void doesNotStartWithALastGoodOneThatIsNone(String content) throws IOException {
    // Given
    Path disk = Files.createDirectory(temporary.resolve("last"));
    Files.writeString(disk.resolve(LastGood.FILE), content);
    publish("blurple");

    // When, Then
    assertThatThrownBy(() -> reloader(Optional.of(LastGood.in(disk))))
        .isInstanceOf(ConfigurationException.class);
  }
}
