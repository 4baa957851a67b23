package io.podlab.board.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutageDetectorTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Optional<OutageDetector.Cause> AWAY =
      Optional.of(new OutageDetector.Cause("away", false));
  private static final Optional<OutageDetector.Cause> DENIED =
      Optional.of(new OutageDetector.Cause("no right", true));

  private final OutageDetector outages = new OutageDetector(START);

  private static Instant at(long milliseconds) {
    return START.plusMillis(milliseconds);
  }

  private Optional<OutageDetector.Transition> check(
      long milliseconds, Optional<OutageDetector.Cause> cause) {
    return outages.check(at(milliseconds), cause);
  }

  @Test
  void startsTheOutageWhenAllWatchesLastWorked() {
    // Given
    check(0, Optional.empty());
    check(250, Optional.empty());

    // Then
    assertThat(check(500, AWAY)).isEmpty();
    assertThat(check(1_250, AWAY)).isEmpty();
    assertThat(check(1_500, AWAY))
        .contains(new OutageDetector.Began(START.plusMillis(250), "away"));
    assertThat(check(1_750, AWAY)).isEmpty();
    assertThat(outages.isOutage()).isTrue();
  }

  @Test
  void toleratesAShortReconnect() {
    // Given
    check(0, Optional.empty());

    // Then
    assertThat(check(250, AWAY)).isEmpty();
    assertThat(check(500, Optional.empty())).isEmpty();
    assertThat(check(750, AWAY)).isEmpty();
    assertThat(outages.isHealthy()).isTrue();
  }

  @Test
  void endsTheOutageOnceAllWatchesWorkForAWhile() {
    // Given
    check(0, Optional.empty());
    check(2_000, AWAY);

    // Then
    assertThat(check(3_000, Optional.empty())).isEmpty();
    assertThat(check(3_250, AWAY)).isEmpty();
    assertThat(check(3_500, Optional.empty())).isEmpty();
    assertThat(check(3_750, Optional.empty())).isEmpty();
    assertThat(check(4_000, Optional.empty())).contains(new OutageDetector.Ended());
    assertThat(outages.isHealthy()).isTrue();
  }

  @Test
  void startsTheOutageAtTheLastEvent() {
    // Given
    check(0, Optional.empty());
    check(8_000, Optional.empty());

    // Then
    assertThat(
            check(
                8_250,
                Optional.of(new OutageDetector.Cause("away", false, Optional.of(at(1_000))))))
        .contains(new OutageDetector.Began(at(1_000), "away"));
  }

  @Test
  void startsNoOutageBeforeTheEndOfTheLastOne() {
    // Given
    check(0, Optional.empty());
    check(2_000, AWAY);
    check(3_000, Optional.empty());
    check(4_000, Optional.empty());

    // Then
    assertThat(
            check(
                6_000,
                Optional.of(new OutageDetector.Cause("away", false, Optional.of(at(3_000))))))
        .contains(new OutageDetector.Began(at(4_000), "away"));
  }

  @Test
  void waitsForTheFirstLists() {
    // Then
    assertThat(check(5_000, AWAY)).isEmpty();
    assertThat(outages.isHealthy()).isFalse();
    assertThat(check(10_250, AWAY)).contains(new OutageDetector.Began(START, "away"));
  }

  @Test
  void startsTheOutageImmediatelyWithoutTheRight() {
    // Then
    assertThat(check(250, DENIED)).contains(new OutageDetector.Began(START, "no right"));
  }

  @Test
  void explainsTheOutageAtTheStartOnceItsCauseIsCertain() {
    // Given
    check(10_250, AWAY);

    // Then
    assertThat(check(10_500, DENIED)).contains(new OutageDetector.Explained("no right"));
    assertThat(check(10_750, DENIED)).isEmpty();
    assertThat(check(11_000, AWAY)).isEmpty();
    assertThat(check(11_250, DENIED)).isEmpty();
    assertThat(outages.isOutage()).isTrue();
  }

  /** A restarted API server can refuse for a moment. */
  @Test
  void doesNotExplainALaterOutage() {
    // Given
    check(0, Optional.empty());
    check(2_000, AWAY);

    // Then
    assertThat(check(2_250, DENIED)).isEmpty();
  }
}
