package io.podlab.demo.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.kit.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Duration QUIET = Duration.ofMillis(500);

  private final SettableClock clock = new SettableClock();
  private final Traffic traffic = new Traffic(clock, new SimpleMeterRegistry());

  @Test
  void isQuietWhereNobodyHasEverAsked() {
    assertThat(traffic.isQuietFor(QUIET)).isTrue();
  }

  @Test
  void isNotQuietWhileARequestIsInFlight() {
    // Given
    traffic.began();

    // When
    clock.advance(QUIET);

    // Then
    assertThat(traffic.isQuietFor(QUIET)).isFalse();
  }

  @Test
  void isQuietOnceTheLastRequestIsLongEnoughAgo() {
    // Given
    traffic.began();
    traffic.ended(true);

    // When
    clock.advance(QUIET.minusMillis(1));

    // Then
    assertThat(traffic.isQuietFor(QUIET)).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(traffic.isQuietFor(QUIET)).isTrue();
  }
}
