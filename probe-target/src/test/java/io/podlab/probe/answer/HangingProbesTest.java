package io.podlab.probe.answer;

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

class HangingProbesTest {
  private static final int THREADS = 8;

  private final Vertx vertx = Vertx.vertx();
  private final HangingProbes hanging = new HangingProbes(vertx, new FixedConfig());

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private List<HangingProbes.Pending> holdAsManyAsItTakes() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Callable<List<HangingProbes.Pending>> holder =
          () -> {
            List<HangingProbes.Pending> mine = new ArrayList<>();
            for (Optional<HangingProbes.Pending> one = hold(); one.isPresent(); one = hold()) {
              mine.add(one.get());
            }
            return mine;
          };
      List<HangingProbes.Pending> all = new ArrayList<>();
      for (Future<List<HangingProbes.Pending>> done :
          threads.invokeAll(Collections.nCopies(THREADS, holder))) {
        all.addAll(done.get());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private Optional<HangingProbes.Pending> hold() {
    return hanging.hold(() -> {}, () -> {});
  }

  @Test
  void keepsExactlyTheMaximumOfConcurrentProbes() throws Exception {
    assertThat(holdAsManyAsItTakes()).hasSize(HangingProbes.MOST);
    assertThat(hanging.size()).isEqualTo(HangingProbes.MOST);
  }

  @Test
  void hasRoomAfterClientsDisconnect() throws Exception {
    // Given
    List<HangingProbes.Pending> all = holdAsManyAsItTakes();

    // When each probe is released twice, it counts once
    all.subList(0, 3).forEach(HangingProbes.Pending::release);
    all.subList(0, 3).forEach(HangingProbes.Pending::release);

    // Then
    assertThat(holdAsManyAsItTakes()).hasSize(3);
  }

  @Test
  void closesAllConnectionsOnShutdown() throws Exception {
    // Given
    holdAsManyAsItTakes();

    // When
    hanging.stop(new ShutdownDelayInitiatedEvent());

    // Then
    assertThat(hanging.size()).isZero();
    assertThat(hold()).isEmpty();
  }
}
