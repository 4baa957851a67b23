package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.Settings;
import io.podlab.config.source.Reading;
import io.podlab.config.source.SourceName;
import io.podlab.kit.testing.SettableClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
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

class ReloaderTest {
  @TempDir Path disk;
  private final SettableClock clock = new SettableClock();
  private final SettableSource source = new SettableSource(SourceName.VOLUME, clock);
  private final AtomicLong nanos = new AtomicLong();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Settings> effects = new ArrayList<>();
  private Error broken;
  private String failing;
  private Reloader reloader;

  @BeforeEach
  void start() {
    reloader = reloader(Optional.empty());
  }

  private Reloader reloader(Optional<LastGood> lastGood) {
    return new Reloader(
        List.of(source), source, lastGood, clock, nanos::get, meters, this::takeEffect);
  }

  private void takeEffect(Settings settings) {
    if (broken != null) {
      throw broken;
    }
    effects.add(settings);
    if (settings.color().equals(failing)) {
      throw new IllegalStateException("this color");
    }
  }

  @AfterEach
  void stop() {
    reloader.close();
  }

  /** Checks the sources until a change has settled. */
  private void settle() {
    for (int i = 0; i < 4; i++) {
      reloader.look();
      nanos.addAndGet(Duration.ofMillis(50).toNanos());
    }
  }

  private String color() {
    return reloader.state().loaded().settings().color();
  }

  private double reloads(String result) {
    return meters
        .get("lab.config.reloads")
        .tag("source", "volume")
        .tag("result", result)
        .counter()
        .count();
  }

  @Test
  void hasTheConfigurationFromTheStart() {
    assertThat(color()).isEqualTo("red");
    assertThat(effects).hasSize(1);
    assertThat(reloader.history()).hasSize(1);
    assertThat(reloads("success")).isZero();
  }

  @Test
  void remembersThatItStartedWithoutAnyKeys() {
    // Given
    reloader.close();
    source.reading = SettableSource.content(Map.of());

    // When
    reloader = reloader(Optional.empty());

    // Then
    assertThat(reloader.history())
        .extracting(Revision::result)
        .containsExactly(Revision.Result.ACCEPTED);
  }

  @Test
  void takesUpAChangeOnceItHasSettled() {
    // Given
    Instant before = clock.instant();
    source.color("blue");
    clock.advance(Duration.ofMinutes(1));

    // When
    reloader.look();

    // Then
    assertThat(color()).isEqualTo("red");
    assertThat(reloader.confirmedAt()).contains(before);
    settle();
    assertThat(color()).isEqualTo("blue");
    assertThat(reloader.confirmedAt()).contains(clock.instant());
    assertThat(effects).hasSize(2);
    assertThat(reloads("success")).isOne();
  }

  @Test
  void waitsForNothingWhenItIsTold() {
    // Given
    source.color("blue");

    // When
    reloader.reload();

    // Then
    assertThat(color()).isEqualTo("blue");
  }

  @Test
  void triesAgainWhatWentWrongWhenItWasTakenUp() {
    // Given
    source.color("blue");
    reloader.look();
    nanos.addAndGet(Debounce.QUIET_AFTER_A_CHANGE.toNanos());
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
  void countsAndRemembersARejectionOnce() {
    // Given
    source.color("not-a-color");

    // When
    settle();
    reloader.reload();

    // Then
    assertThat(color()).isEqualTo("red");
    assertThat(reloads("rejected")).isOne();
    assertThat(reloader.history())
        .extracting(Revision::result)
        .containsExactly(Revision.Result.REJECTED, Revision.Result.ACCEPTED);
    assertThat(meters.get("lab.config.last.reload.successful").gauge().value()).isZero();
  }

  @Test
  void isStaleWhenTheSourceHasNotAnsweredForThreeTimesRefresh() {
    // Given
    Instant before = clock.instant();
    source.reading = new Reading.Unreadable("no permission");
    clock.advance(Duration.ofSeconds(90));
    settle();
    assertThat(reloader.isStale()).isFalse();

    // When
    clock.advance(Duration.ofSeconds(1));
    settle();

    // Then
    assertThat(reloader.isStale()).isTrue();
    assertThat(reloader.confirmedAt()).contains(before);
  }

  @Test
  void isNotStaleWhileAWrongValueStands() {
    // Given
    source.color("not-a-color");
    clock.advance(Duration.ofHours(1));

    // When
    settle();

    // Then
    assertThat(reloader.isStale()).isFalse();
  }

  @Test
  void remembersAHundred() {
    // When
    for (int i = 0; i < 120; i++) {
      source.reading = SettableSource.content(Map.of("x", Integer.toString(i)));
      reloader.reload();
    }

    // Then
    assertThat(reloader.history()).hasSize(100);
    assertThat(reloader.history().get(0).changes())
        .extracting(Change::sentence)
        .containsExactly("x: 118 -> 119");
  }

  @Test
  void tellsTheNewestStateAloneToOneWhoReadsLate() {
    // Given
    AssertSubscriber<State> late =
        reloader.follow().subscribe().withSubscriber(AssertSubscriber.create(1));
    for (String color : List.of("blue", "green", "tan")) {
      source.color(color);
      reloader.reload();
    }

    // When
    late.request(10);

    // Then
    assertThat(late.getItems())
        .extracting(state -> state.loaded().settings().color())
        .containsExactly("red", "tan");
  }

  @Test
  void showsOneRevisionAtATime() {
    // Given
    source.color("blue");

    // When
    reloader.reload();

    // Then
    assertThat(meters.get("lab.config.revision.info").gauges())
        .singleElement()
        .satisfies(
            gauge ->
                assertThat(gauge.getId().getTag("revision"))
                    .isEqualTo(reloader.state().loaded().snapshot().revision()));
  }

  @Test
  void startsWithTheLastGoodOneIfThereIsNoOther() {
    // Given
    reloader.close();
    reloader(Optional.of(LastGood.in(disk))).close();
    source.color("not-a-color");

    // When
    reloader = reloader(Optional.of(LastGood.in(disk)));

    // Then
    assertThat(color()).isEqualTo("red");
    assertThat(reloader.state().loaded().kept()).isTrue();
    assertThat(reloader.state().rejected()).isPresent();
  }

  @Test
  void doesNotStartWithAWrongConfiguration() {
    // Given
    source.color("not-a-color");

    // When, Then
    assertThatThrownBy(() -> reloader(Optional.of(LastGood.in(disk))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "the source volume (test) has no valid configuration: color is invalid: 'not-a-color' ");
  }

  private String redThenBlue() {
    String red = reloader.state().loaded().snapshot().revision();
    source.color("blue");
    reloader.reload();
    return red;
  }

  @Test
  void keepsARollbackUntilTheSourceChanges() {
    // Given
    String red = redThenBlue();

    // When
    Reloader.RollbackResult result = reloader.rollBack(red);

    // Then
    assertThat(result.changed()).isTrue();
    source.color("blue");
    settle();
    reloader.reload();
    assertThat(color()).isEqualTo("red");
    assertThat(effects.get(effects.size() - 1).color()).isEqualTo("red");
    assertThat(meters.get("lab.config.rolled.back").gauge().value()).isOne();
    assertThat(reloads("success")).isOne();
    source.color("green");
    settle();
    assertThat(color()).isEqualTo("green");
    assertThat(meters.get("lab.config.rolled.back").gauge().value()).isZero();
    assertThat(reloader.history())
        .extracting(Revision::result)
        .containsExactly(
            Revision.Result.ACCEPTED,
            Revision.Result.ROLLBACK,
            Revision.Result.ACCEPTED,
            Revision.Result.ACCEPTED);
  }

  @Test
  void rollsBackOnlyOnce() {
    // Given
    String red = redThenBlue();
    reloader.rollBack(red);
    State before = reloader.state();

    // When
    Reloader.RollbackResult again = reloader.rollBack(red);

    // Then
    assertThat(again.changed()).isFalse();
    assertThat(again.state()).isSameAs(before);
    assertThat(reloader.history()).hasSize(3);
  }

  @Test
  void canAlwaysRollBackToTheContentOfTheSource() {
    // Given
    String red = redThenBlue();
    String blue = reloader.state().loaded().snapshot().revision();
    String pink = revisionOf("pink");
    source.color("blue");
    reloader.reload();
    reloader.rollBack(red);
    for (int i = 0; i < RevisionHistory.MOST; i++) {
      reloader.rollBack(i % 2 == 0 ? pink : red);
    }
    assertThat(reloader.history()).extracting(Revision::revision).doesNotContain(Optional.of(blue));

    // When
    Reloader.RollbackResult result = reloader.rollBack(blue);

    // Then
    assertThat(result.changed()).isTrue();
    assertThat(color()).isEqualTo("blue");
    assertThat(result.state().rollback()).isEmpty();
  }

  private String revisionOf(String color) {
    source.color(color);
    reloader.reload();
    return reloader.state().loaded().snapshot().revision();
  }

  @Test
  void recordsThatTheSourceChangedToTheRevisionOfTheRollback() {
    // Given
    String red = redThenBlue();
    reloader.rollBack(red);

    // When
    source.color("red");
    settle();

    // Then
    assertThat(reloads("success")).isEqualTo(2);
    assertThat(reloader.history().get(0).result()).isEqualTo(Revision.Result.ACCEPTED);
    assertThat(reloader.history().get(0).revision()).contains(red);
    assertThat(meters.get("lab.config.rolled.back").gauge().value()).isZero();
  }

  @Test
  void keepsTheEffectsOfTheOldRevisionIfARollbackFails() {
    // Given
    String red = redThenBlue();
    String blue = reloader.state().loaded().snapshot().revision();
    failing = "red";

    // When, Then
    assertThatThrownBy(() -> reloader.rollBack(red)).isInstanceOf(IllegalStateException.class);
    assertThat(color()).isEqualTo("blue");
    assertThat(effects).extracting(Settings::color).containsExactly("red", "blue", "red", "blue");
    assertThat(meters.get("lab.config.revision.info").gauge().getId().getTag("revision"))
        .isEqualTo(blue);
    assertThat(reloader.history()).hasSize(2);
  }

  @Test
  void doesNotSaveARollbackAsTheLastGood() {
    // Given
    reloader.close();
    LastGood lastGood = LastGood.in(disk);
    reloader = reloader(Optional.of(lastGood));
    String red = redThenBlue();
    String blue = reloader.state().loaded().snapshot().revision();

    // When
    reloader.rollBack(red);

    // Then
    assertThat(lastGood.read().orElseThrow().revision()).isEqualTo(blue);
    source.color("red");
    reloader.reload();
    assertThat(lastGood.read().orElseThrow().revision()).isEqualTo(red);
  }

  @Test
  void savesTheLastGoodBeforeClientsSeeIt() {
    // Given
    reloader.close();
    LastGood lastGood = LastGood.in(disk);
    reloader = reloader(Optional.of(lastGood));
    List<Boolean> saved = new ArrayList<>();
    reloader
        .follow()
        .subscribe()
        .with(
            state ->
                saved.add(
                    lastGood
                        .read()
                        .orElseThrow()
                        .revision()
                        .equals(state.loaded().snapshot().revision())));

    // When
    source.color("blue");
    reloader.reload();

    // Then
    assertThat(saved).containsExactly(true, true);
  }
}
