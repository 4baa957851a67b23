package io.podlab.board.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SightTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Optional<Sight.Obstacle> AWAY =
      Optional.of(new Sight.Obstacle("away", false));
  private static final Optional<Sight.Obstacle> DENIED =
      Optional.of(new Sight.Obstacle("no right", true));

  private final Sight sight = new Sight(START);

  private static Instant at(long milliseconds) {
    return START.plusMillis(milliseconds);
  }

  private Optional<Sight.Turn> look(long milliseconds, Optional<Sight.Obstacle> obstacle) {
    return sight.look(at(milliseconds), obstacle);
  }

  @Test
  void isBlindFromTheLastTimeThatAllWasWell() {
    // Given
    look(0, Optional.empty());
    look(250, Optional.empty());

    // Then
    assertThat(look(500, AWAY)).isEmpty();
    assertThat(look(1_250, AWAY)).isEmpty();
    assertThat(look(1_500, AWAY)).contains(new Sight.Blind(START.plusMillis(250), "away"));
    assertThat(look(1_750, AWAY)).isEmpty();
    assertThat(sight.isBlind()).isTrue();
  }

  @Test
  void doesNotMindAWatchThatMovesToAnotherConnection() {
    // Given
    look(0, Optional.empty());

    // Then
    assertThat(look(250, AWAY)).isEmpty();
    assertThat(look(500, Optional.empty())).isEmpty();
    assertThat(look(750, AWAY)).isEmpty();
    assertThat(sight.isWell()).isTrue();
  }

  @Test
  void seesAgainOnceAllIsWellForAWhile() {
    // Given
    look(0, Optional.empty());
    look(2_000, AWAY);

    // Then
    assertThat(look(3_000, Optional.empty())).isEmpty();
    assertThat(look(3_250, AWAY)).isEmpty();
    assertThat(look(3_500, Optional.empty())).isEmpty();
    assertThat(look(3_750, Optional.empty())).isEmpty();
    assertThat(look(4_000, Optional.empty())).contains(new Sight.Sighted());
    assertThat(sight.isWell()).isTrue();
  }

  @Test
  void isBlindFromTheLastSignOfLife() {
    // Given
    look(0, Optional.empty());
    look(8_000, Optional.empty());

    // Then
    assertThat(look(8_250, Optional.of(new Sight.Obstacle("away", false, Optional.of(at(1_000))))))
        .contains(new Sight.Blind(at(1_000), "away"));
  }

  @Test
  void isNotBlindAgainFromBeforeItSawAgain() {
    // Given
    look(0, Optional.empty());
    look(2_000, AWAY);
    look(3_000, Optional.empty());
    look(4_000, Optional.empty());

    // Then
    assertThat(look(6_000, Optional.of(new Sight.Obstacle("away", false, Optional.of(at(3_000))))))
        .contains(new Sight.Blind(at(4_000), "away"));
  }

  @Test
  void waitsForTheFirstLists() {
    // Then
    assertThat(look(5_000, AWAY)).isEmpty();
    assertThat(sight.isWell()).isFalse();
    assertThat(look(10_250, AWAY)).contains(new Sight.Blind(START, "away"));
  }

  @Test
  void isBlindAtOnceWhereItMayNotLook() {
    // Then
    assertThat(look(250, DENIED)).contains(new Sight.Blind(START, "no right"));
  }
}
