package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Look;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import io.podlab.kit.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReloadingTest {
  private final SettableClock clock = new SettableClock();
  private final Held source = new Held(SourceName.DIRECTORY);
  private final Held other = new Held(SourceName.API);
  private Reloader reloader;
  private Reloading reloading;

  /** Holds what the test puts there. */
  private class Held implements Source {
    private final SourceName name;
    private volatile Reading reading = content("red");
    private volatile Error failure;
    private volatile CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

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
      reads.incrementAndGet();
      return look();
    }

    @Override
    public CompletableFuture<Void> ask() {
      asked.incrementAndGet();
      return answer;
    }
  }

  private static Reading content(String color) {
    return new Reading.Content(
        Snapshot.of(Map.of("color", color), Map.of()), Optional.empty(), Optional.empty(), false);
  }

  @BeforeEach
  void start() {
    start(List.of(other, source));
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

  @Test
  void doesNotWaitForASourceThatIsNotInEffect() {
    // Given
    other.answer = new CompletableFuture<>();

    // When, Then
    assertThat(reloading.reload()).isTrue();
    assertThat(other.asked).hasValue(1);
  }

  @Test
  void seesChangesWhileTheSourceInEffectIsAsked() {
    // Given
    source.answer = new CompletableFuture<>();
    CompletableFuture<Boolean> reload = CompletableFuture.supplyAsync(reloading::reload);
    await().until(() -> source.asked.get() == 1);

    // When
    source.reading = content("blue");

    // Then
    await().untilAsserted(() -> assertThat(color()).isEqualTo("blue"));
    assertThat(reload).isNotDone();
    source.answer.complete(null);
    assertThat(reload.join()).isTrue();
  }

  @Test
  void readsOnceMoreForAllWhoAskMeanwhile() {
    // Given
    int before = source.reads.get();
    CompletableFuture<Void> first = new CompletableFuture<>();
    source.answer = first;
    List<CompletableFuture<Boolean>> reloads = new ArrayList<>();
    ExecutorService callers = Executors.newCachedThreadPool();
    reloads.add(CompletableFuture.supplyAsync(reloading::reload, callers));
    await().until(() -> source.asked.get() == 1);

    // When
    for (int i = 0; i < 20; i++) {
      reloads.add(CompletableFuture.supplyAsync(reloading::reload, callers));
    }
    await().until(() -> ((ThreadPoolExecutor) callers).getActiveCount() == 21);
    await().during(Duration.ofMillis(200)).until(() -> true);
    source.answer = CompletableFuture.completedFuture(null);
    first.complete(null);

    // Then
    assertThat(reloads).allMatch(CompletableFuture::join);
    assertThat(source.reads).hasValue(before + 2);
    callers.shutdown();
  }
}
