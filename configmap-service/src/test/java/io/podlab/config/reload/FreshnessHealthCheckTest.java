package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.config.source.SourceName;
import io.podlab.kit.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessHealthCheckTest {
  private record Config(Optional<SourceName> active, Optional<Path> lastGood, Staleness stale)
      implements ReloadConfig {}

  @ParameterizedTest
  @CsvSource({
    "90, UNREADY, UP",
    "91, UNREADY, DOWN",
    "91, READY, UP",
  })
  void isDownWhenTheSourceIsSilentUnlessThatIsOnlyWarnedOf(
      long seconds, ReloadConfig.Staleness stale, Status status) {
    // Given
    SettableClock clock = new SettableClock();
    SettableSource source = new SettableSource(SourceName.VOLUME, clock);
    Reloader reloader =
        new Reloader(
            List.of(source),
            source,
            Optional.empty(),
            clock,
            () -> 0,
            new SimpleMeterRegistry(),
            settings -> {});
    FreshnessHealthCheck check =
        new FreshnessHealthCheck(reloader, new Config(Optional.empty(), Optional.empty(), stale));

    // When
    clock.advance(Duration.ofSeconds(seconds));

    // Then
    assertThat(check.call().getStatus()).isEqualTo(status);
  }
}
