package io.podlab.probe.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HangingTest {
  private static final int THREADS = 8;

  private final Vertx vertx = Vertx.vertx();
  private final Hanging hanging = new Hanging(vertx, new FixedConfig());

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private List<Hanging.Held> holdAsManyAsItTakes() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Callable<List<Hanging.Held>> holder =
          () -> {
            List<Hanging.Held> mine = new ArrayList<>();
            for (Optional<Hanging.Held> one = hold(); one.isPresent(); one = hold()) {
              mine.add(one.get());
            }
            return mine;
          };
      List<Hanging.Held> all = new ArrayList<>();
      for (Future<List<Hanging.Held>> done :
          threads.invokeAll(Collections.nCopies(THREADS, holder))) {
        all.addAll(done.get());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private Optional<Hanging.Held> hold() {
    return hanging.hold(() -> {}, () -> {});
  }

  @Test
  void keepsExactlyAsManyAsItMayWhenManyComeAtOnce() throws Exception {
    assertThat(holdAsManyAsItTakes()).hasSize(Hanging.MOST);
    assertThat(hanging.size()).isEqualTo(Hanging.MOST);
  }

  @Test
  void hasRoomForExactlyAsManyAsHaveLeft() throws Exception {
    // Given
    List<Hanging.Held> all = holdAsManyAsItTakes();

    // When: whoever is released twice has left once.
    all.subList(0, 3).forEach(Hanging.Held::release);
    all.subList(0, 3).forEach(Hanging.Held::release);

    // Then
    assertThat(holdAsManyAsItTakes()).hasSize(3);
  }

  @Test
  void keepsNoOneWhenTheProcessIsToldToStop() throws Exception {
    // Given
    holdAsManyAsItTakes();

    // When
    hanging.stop(new ShutdownDelayInitiatedEvent());

    // Then
    assertThat(hanging.size()).isZero();
    assertThat(hold()).isEmpty();
  }
}
