package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.config.reload.ReloadConfig.Control;
import io.podlab.config.reload.ReloadConfig.Staleness;
import io.podlab.config.source.Reading;
import io.podlab.config.source.SourceName;
import io.podlab.kit.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessHealthCheckTest {
  @Test
  void saysWhichSourceIsSilentAndWhyItCannotBeRead() {
    // Given
    SettableClock clock = new SettableClock();
    SettableSource source = new SettableSource(SourceName.VOLUME, clock);
    Reloader reloader = reloader(source, clock);
    Instant lastAnswer = clock.instant();
    source.reading = new Reading.Unreadable("the disk is gone");

    // When
    reloader.look();
    clock.advance(Duration.ofSeconds(91));
    reloader.look();

    // Then
    assertThat(check(reloader, Staleness.UNREADY).call().getData().orElseThrow().get("why"))
        .asString()
        .startsWith("volume test has not answered since " + lastAnswer)
        .contains("1m30s (3 times refresh)")
        .endsWith(": the disk is gone");
  }

  record Config(
      Optional<SourceName> active, Optional<Path> lastGood, Staleness stale, Control rollback)
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
    FreshnessHealthCheck check = check(reloader(source, clock), stale);

    // When
    clock.advance(Duration.ofSeconds(seconds));

    // Then
    HealthCheckResponse answer = check.call();
    assertThat(answer.getStatus()).isEqualTo(status);
    assertThat(answer.getData().orElseThrow().containsKey("why")).isEqualTo(status == Status.DOWN);
  }

  private static Reloader reloader(SettableSource source, SettableClock clock) {
    return new Reloader(
        List.of(source),
        source,
        Optional.empty(),
        clock,
        () -> 1_000_000 * clock.millis(),
        new SimpleMeterRegistry(),
        settings -> {});
  }

  private static FreshnessHealthCheck check(Reloader reloader, Staleness stale) {
    return new FreshnessHealthCheck(
        reloader, new Config(Optional.empty(), Optional.empty(), stale, Control.ON));
  }
}
