package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.config.clock.SettableClock;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Look;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReloadingTest {
  private final SettableClock clock = new SettableClock();
  private final Held source = new Held(SourceName.DIRECTORY);
  private Reloader reloader;
  private Reloading reloading;

  /** Holds what the test puts there. */
  private class Held implements Source {
    private final SourceName name;
    private volatile Reading reading = content("red");
    private volatile Error failure;

    Held(SourceName name) {
      this.name = name;
    }

    @Override
    public SourceName name() {
      return name;
    }

    @Override
    public String origin() {
      return "test";
    }

    @Override
    public String reloads() {
      return "at once";
    }

    @Override
    public boolean watching() {
      return true;
    }

    @Override
    public Look look() {
      if (failure != null) {
        throw failure;
      }
      return new Look(reading, Optional.of(clock.instant()));
    }

    @Override
    public Look read() {
      return look();
    }
  }

  private static Reading content(String color) {
    return new Reading.Content(
        Snapshot.of(Map.of("color", color), Map.of()), Optional.empty(), Optional.empty(), false);
  }

  @BeforeEach
  void start() {
    start(List.of(source));
  }

  private void start(List<Source> sources) {
    reloader =
        new Reloader(
            sources,
            source,
            Optional.empty(),
            clock,
            System::nanoTime,
            new SimpleMeterRegistry(),
            settings -> {});
    reloading = new Reloading(reloader);
  }

  @AfterEach
  void stop() {
    reloading.stop();
  }

  private String color() {
    return reloader.state().loaded().settings().color();
  }

  @Test
  void goesOnLookingAfterAnError() throws InterruptedException {
    // Given
    source.failure = new StackOverflowError();
    Thread.sleep(200);

    // When
    source.reading = content("blue");
    source.failure = null;

    // Then
    await().untilAsserted(() -> assertThat(color()).isEqualTo("blue"));
  }
}
