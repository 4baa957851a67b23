package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReloadLoopTest {
  private final SettableClock clock = new SettableClock();
  private final SettableSource source = new SettableSource(SourceName.DIRECTORY, clock);
  private final SettableSource other = new SettableSource(SourceName.API, clock);
  private Reloader reloader;
  private ReloadLoop loop;
  private volatile Runnable effect = () -> {};
  private Duration patience = Duration.ofSeconds(15);

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
            settings -> effect.run());
    loop = new ReloadLoop(reloader, patience);
  }

  @AfterEach
  void stop() {
    loop.stop();
  }

  private String color() {
    return reloader.state().loaded().settings().color();
  }

  @Test
  void goesOnLookingAfterAnError() {
    // Given
    source.failure = new StackOverflowError();
    int before = source.looks.get();
    await().until(() -> source.looks.get() > before + 1);

    // When
    source.color("blue");
    source.failure = null;

    // Then
    await().untilAsserted(() -> assertThat(color()).isEqualTo("blue"));
  }

  @Test
  void doesNotWaitForASourceThatIsNotInEffect() {
    // Given
    other.answer = new CompletableFuture<>();

    // When, Then
    assertThat(loop.reload()).isTrue();
    assertThat(other.asked).hasValue(1);
  }

  @Test
  void seesChangesWhileTheSourceInEffectIsAsked() {
    // Given
    source.answer = new CompletableFuture<>();
    CompletableFuture<Boolean> reload = CompletableFuture.supplyAsync(loop::reload);
    await().until(() -> source.asked.get() == 1);

    // When
    source.color("blue");

    // Then
    await().untilAsserted(() -> assertThat(color()).isEqualTo("blue"));
    assertThat(reload).isNotDone();
    source.answer.complete(null);
    assertThat(reload.join()).isTrue();
  }

  @Test
  void readsOnceMoreForAllWhoAskMeanwhile() throws InterruptedException {
    // Given
    int before = source.reads.get();
    CompletableFuture<Void> first = new CompletableFuture<>();
    source.answer = first;
    AtomicInteger done = new AtomicInteger();
    List<Thread> callers =
        IntStream.range(0, 21)
            .mapToObj(i -> new Thread(() -> done.addAndGet(loop.reload() ? 1 : 0)))
            .toList();
    callers.get(0).start();
    await().until(() -> source.asked.get() == 1);

    // When
    callers.subList(1, callers.size()).forEach(Thread::start);
    await()
        .until(
            () -> callers.stream().allMatch(one -> one.getState() == Thread.State.TIMED_WAITING));
    source.answer = CompletableFuture.completedFuture(null);
    first.complete(null);

    // Then
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(done).hasValue(callers.size());
    assertThat(source.reads).hasValue(before + 2);
  }

  @Test
  void isInOneStateAfterRollbacksAndReloadsAtTheSameTime() {
    // Given
    List<String> revisions =
        Stream.of("tan", "pink", "blue", "red")
            .map(
                color -> {
                  source.color(color);
                  assertThat(loop.reload()).isTrue();
                  return reloader.state().loaded().snapshot().revision();
                })
            .toList();
    int before = reloader.history().size();
    AtomicInteger changed = new AtomicInteger();

    // When
    List<CompletableFuture<Void>> clients =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> {
                          if (i % 4 == 3) {
                            loop.reload();
                          } else if (loop.rollBack(revisions.get(i % 4)).changed()) {
                            changed.incrementAndGet();
                          }
                        }))
            .toList();
    clients.forEach(CompletableFuture::join);

    // Then
    State state = reloader.state();
    List<Revision> history = reloader.history();
    assertThat(history).hasSize(before + changed.get());
    assertThat(history.get(0).revision()).contains(state.loaded().snapshot().revision());
    assertThat(state.rollback().orElseThrow().sourceRevision()).contains(revisions.get(3));
    assertThat(state.rollback().orElseThrow().at()).isEqualTo(state.loaded().at());
  }

  private String revisionOf(String color) {
    source.color(color);
    await().until(() -> color().equals(color));
    return reloader.state().loaded().snapshot().revision();
  }

  @Test
  void waitsForARollbackThatHasBegunAndRefusesTheNextOne() throws InterruptedException {
    // Given
    loop.stop();
    patience = Duration.ofSeconds(1);
    start(List.of(source));
    String tan = revisionOf("tan");
    String pink = revisionOf("pink");
    revisionOf("blue");
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    AtomicBoolean begun = new AtomicBoolean();
    effect =
        () -> {
          begun.set(true);
          goOn.join();
        };
    AtomicBoolean changed = new AtomicBoolean();
    Thread client = new Thread(() -> changed.set(loop.rollBack(tan).changed()));

    // When
    client.start();
    await().untilTrue(begun);
    assertThatThrownBy(() -> loop.rollBack(pink))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("busy");
    await().until(() -> client.getState() == Thread.State.WAITING);
    goOn.complete(null);
    client.join();

    // Then
    assertThat(changed).isTrue();
    int looks = source.looks.get();
    await().until(() -> source.looks.get() > looks + 1);
    assertThat(color()).isEqualTo("tan");
  }

  @Test
  void refusesARollbackAfterTheStop() {
    // Given
    String red = reloader.state().loaded().snapshot().revision();

    // When
    loop.stop();

    // Then
    assertThatThrownBy(() -> loop.rollBack(red))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("the pod is stopping");
  }

  @Test
  void passesOnWhyItDoesNotRollBack() {
    assertThatThrownBy(() -> loop.rollBack("0123456789abcdef"))
        .isInstanceOf(ProblemException.class);
  }
}
