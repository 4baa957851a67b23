package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.FakeSource;
import io.podlab.config.source.ReadResult;
import io.podlab.config.source.Reading;
import io.podlab.config.source.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceStatusTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant CHANGE = START.plusSeconds(60);
  private static final Instant NEXT_CHANGE = CHANGE.plusSeconds(60);

  private static ReadResult look(Map<String, String> data) {
    return new ReadResult(
        new Reading.Content(Snapshot.of(data, Map.of()), Optional.empty(), Optional.empty(), false),
        Optional.of(START));
  }

  private static SourceStatus first(SourceName name, Map<String, String> data) {
    return SourceStatus.first(new FakeSource(name), look(data), START);
  }

  private final SourceStatus before =
      first(SourceName.API, Map.of("greeting", "Old", "color", "red"));
  private final SourceStatus changed =
      before.next(look(Map.of("greeting", "New", "color", "red")), CHANGE);

  @ParameterizedTest
  @CsvSource({"ENVIRONMENT, Old, true", "ENVIRONMENT, New, false"})
  void isBehindSinceTheApiHasAnother(SourceName name, String greeting, boolean behind) {
    // When
    SourceStatus source = first(name, Map.of("greeting", greeting)).comparedWith(changed);

    // Then
    assertThat(source.behindSince()).isEqualTo(Optional.of(CHANGE).filter(at -> behind));
  }

  @Test
  void isBehindSinceTheFirstChangeThatItMissed() {
    // Given
    SourceStatus behind =
        first(SourceName.ENVIRONMENT, Map.of("greeting", "Old")).comparedWith(changed);

    // When
    SourceStatus next = changed.next(look(Map.of("greeting", "Newer")), NEXT_CHANGE);

    // Then
    assertThat(behind.comparedWith(next).behindSince()).contains(CHANGE);
  }

  @Test
  void tellsHowLongItWasBehindBeforeItFollowed() {
    // Given
    SourceStatus behind =
        first(SourceName.SUBPATH, Map.of("greeting", "Old")).comparedWith(changed);

    // When
    SourceStatus followed =
        behind.next(look(Map.of("greeting", "New")), NEXT_CHANGE).comparedWith(changed);

    // Then
    assertThat(followed.behindSince()).isEmpty();
    assertThat(followed.followedAfter()).contains(Duration.between(CHANGE, NEXT_CHANGE));
    assertThat(followed.comparedWith(changed).followedAfter()).isEqualTo(followed.followedAfter());
  }

  @Test
  void hasNotFollowedWhenItIsTheApiThatCameBack() {
    // Given
    SourceStatus behind =
        first(SourceName.SUBPATH, Map.of("greeting", "Old")).comparedWith(changed);

    // When
    SourceStatus reverted =
        behind.comparedWith(changed.next(look(Map.of("greeting", "Old")), NEXT_CHANGE));

    // Then
    assertThat(reverted.behindSince()).isEmpty();
    assertThat(reverted.followedAfter()).isEmpty();
  }

  @Test
  void hasNotFollowedWhenItHoldsNothingAnyMore() {
    // Given
    SourceStatus behind = first(SourceName.VOLUME, Map.of("greeting", "Old")).comparedWith(changed);

    // When
    SourceStatus empty = behind.next(look(Map.of()), NEXT_CHANGE).comparedWith(changed);

    // Then
    assertThat(empty.behindSince()).isEmpty();
    assertThat(empty.followedAfter()).isEmpty();
  }

  @Test
  void isBehindSinceTheApiHasItNoMore() {
    // Given
    SourceStatus source = first(SourceName.ARGUMENTS, Map.of("color", "red"));

    // When
    SourceStatus removed = changed.next(look(Map.of("greeting", "New")), NEXT_CHANGE);

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
