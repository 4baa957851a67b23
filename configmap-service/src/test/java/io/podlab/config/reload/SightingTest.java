package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.FakeSource;
import io.podlab.config.source.Look;
import io.podlab.config.source.Reading;
import io.podlab.config.source.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SightingTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant CHANGE = START.plusSeconds(60);
  private static final Instant NEXT_CHANGE = CHANGE.plusSeconds(60);

  private static Look look(Map<String, String> data) {
    return new Look(
        new Reading.Content(Snapshot.of(data, Map.of()), Optional.empty(), Optional.empty(), false),
        Optional.of(START));
  }

  private static Sighting first(SourceName name, Map<String, String> data) {
    return Sighting.first(new FakeSource(name), look(data), START);
  }

  private final Sighting before = first(SourceName.API, Map.of("greeting", "Old", "color", "red"));
  private final Sighting changed =
      before.next(look(Map.of("greeting", "New", "color", "red")), CHANGE);

  @ParameterizedTest
  @CsvSource({"ENVIRONMENT, Old, true", "ENVIRONMENT, New, false"})
  void isBehindSinceTheApiHasAnother(SourceName name, String greeting, boolean behind) {
    // When
    Sighting source = first(name, Map.of("greeting", greeting)).comparedWith(changed);

    // Then
    assertThat(source.behindSince()).isEqualTo(Optional.of(CHANGE).filter(at -> behind));
  }

  @Test
  void isBehindSinceTheFirstChangeThatItMissed() {
    // Given
    Sighting behind =
        first(SourceName.ENVIRONMENT, Map.of("greeting", "Old")).comparedWith(changed);

    // When
    Sighting next = changed.next(look(Map.of("greeting", "Newer")), NEXT_CHANGE);

    // Then
    assertThat(behind.comparedWith(next).behindSince()).contains(CHANGE);
  }

  @Test
  void tellsHowLongItWasBehindBeforeItFollowed() {
    // Given
    Sighting behind = first(SourceName.SUBPATH, Map.of("greeting", "Old")).comparedWith(changed);

    // When
    Sighting followed =
        behind.next(look(Map.of("greeting", "New")), NEXT_CHANGE).comparedWith(changed);

    // Then
    assertThat(followed.behindSince()).isEmpty();
    assertThat(followed.followedAfter()).contains(Duration.between(CHANGE, NEXT_CHANGE));
    assertThat(followed.comparedWith(changed).followedAfter()).isEqualTo(followed.followedAfter());
  }

  @Test
  void hasNotFollowedWhenItIsTheApiThatCameBack() {
    // Given
    Sighting behind = first(SourceName.SUBPATH, Map.of("greeting", "Old")).comparedWith(changed);

    // When
    Sighting reverted =
        behind.comparedWith(changed.next(look(Map.of("greeting", "Old")), NEXT_CHANGE));

    // Then
    assertThat(reverted.behindSince()).isEmpty();
    assertThat(reverted.followedAfter()).isEmpty();
  }

  @Test
  void hasNotFollowedWhenItHoldsNothingAnyMore() {
    // Given
    Sighting behind = first(SourceName.VOLUME, Map.of("greeting", "Old")).comparedWith(changed);

    // When
    Sighting empty = behind.next(look(Map.of()), NEXT_CHANGE).comparedWith(changed);

    // Then
    assertThat(empty.behindSince()).isEmpty();
    assertThat(empty.followedAfter()).isEmpty();
  }

  @Test
  void isBehindSinceTheApiHasItNoMore() {
    // Given
    Sighting source = first(SourceName.ARGUMENTS, Map.of("color", "red"));

    // When
    Sighting removed = changed.next(look(Map.of("greeting", "New")), NEXT_CHANGE);

    // Then
    assertThat(source.comparedWith(changed).behindSince()).isEmpty();
    assertThat(source.comparedWith(removed).behindSince()).contains(NEXT_CHANGE);
  }

  @ParameterizedTest
  @CsvSource({"VOLUME, true", "SUBPATH, false", "ENVIRONMENT, false"})
  void onlyAVolumeMissesKeys(SourceName name, boolean behind) {
    assertThat(first(name, Map.of("color", "red")).comparedWith(changed).behindSince().isPresent())
        .isEqualTo(behind);
  }

  @Test
  void theApiItselfAndWhatHoldsNothingAreNotBehind() {
    assertThat(changed.comparedWith(changed).behindSince()).isEmpty();
    assertThat(first(SourceName.VOLUME, Map.of()).comparedWith(changed).behindSince()).isEmpty();
  }
}
