package io.podlab.probe.healthz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UptimeTest {
  private final AtomicLong nanoTime = new AtomicLong(-5);
  private final Uptime uptime = new Uptime(nanoTime::get);

  @Test
  void runsFromWhenThePortBeganToListen() {
    // Given
    nanoTime.set(1_000);
    uptime.listening(null);

    // When
    nanoTime.set(11_000);

    // Then
    assertThat(uptime.elapsed()).isEqualTo(Duration.ofNanos(10_000));
  }

  @Test
  void runsFromTheFirstQuestionWhereThatComesBeforeTheNews() {
    // Given
    uptime.elapsed();

    // When
    nanoTime.set(95);
    uptime.listening(null);

    // Then
    assertThat(uptime.elapsed()).isEqualTo(Duration.ofNanos(100));
  }
}
