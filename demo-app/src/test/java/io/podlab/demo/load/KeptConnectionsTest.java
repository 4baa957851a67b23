package io.podlab.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class KeptConnectionsTest {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final CountDownLatch end = new CountDownLatch(1);

  /** The other requests fail after the same time, so this one waits for nearly all of it. */
  @Test
  void giveARequestItsWholeTimeHoweverLongItHasWaited() throws Exception {
    // Given
    CompletableFuture<Long> asked = new CompletableFuture<>();
    try (ScriptedServer server =
        new ScriptedServer(
            number -> {
              if (number > KeptConnections.SIZE) {
                asked.complete(System.nanoTime());
              }
              end.await();
              return "";
            })) {
      KeptConnections connections = connections(server, LONG, SHORT);
      occupy(KeptConnections.SIZE, connections, server);

      // When
      assertThatExceptionOfType(RequestFailure.class).isThrownBy(connections::send);
      long failed = System.nanoTime();

      // Then
      assertThat(Duration.ofNanos(failed - asked.join())).isGreaterThan(SHORT.dividedBy(2));
      end.countDown();
    }
  }

  @Test
  void sendNothingWhileAllOfThemAreInUse() throws Exception {
    // Given
    try (ScriptedServer server =
        new ScriptedServer(
            number -> {
              end.await();
              return "";
            })) {
      KeptConnections connections = connections(server, SHORT, LONG);
      occupy(KeptConnections.SIZE, connections, server);

      // Then
      assertThatExceptionOfType(NotSent.class)
          .isThrownBy(connections::send)
          .withMessage("all 4 connections were in use for 500ms");
      assertThat(server.requests()).isEqualTo(KeptConnections.SIZE);
      end.countDown();
    }
  }

  /** Without fairness, the thread that returns a connection would often get it again. */
  @Test
  void areGivenFirstToTheRequestThatHasWaited() throws Exception {
    // Given
    CountDownLatch answer = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            number -> {
              if (number < KeptConnections.SIZE) {
                end.await();
              } else if (number == KeptConnections.SIZE) {
                answer.await();
              }
              return ScriptedServer.by("request-" + number);
            })) {
      KeptConnections connections = connections(server, LONG, LONG);
      occupy(KeptConnections.SIZE - 1, connections, server);
      FutureTask<Answer> again =
          new FutureTask<>(
              () -> {
                connections.send();
                return connections.send();
              });
      started(again);
      await().until(() -> server.requests() == KeptConnections.SIZE);
      FutureTask<Answer> waiting = new FutureTask<>(connections::send);
      Thread thread = started(waiting);
      await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

      // When
      answer.countDown();

      // Then
      assertThat(waiting.get().pod()).contains("request-5");
      assertThat(again.get().pod()).contains("request-6");
      end.countDown();
    }
  }

  private static KeptConnections connections(
      ScriptedServer server, Duration patience, Duration limit) {
    return new KeptConnections(server.target(), Addresses.of(server.target()), patience, limit);
  }

  private static void occupy(int number, KeptConnections connections, ScriptedServer server) {
    for (int i = 0; i < number; i++) {
      started(new FutureTask<>(connections::send));
    }
    await().until(() -> server.requests() == number);
  }

  private static Thread started(FutureTask<Answer> task) {
    Thread thread = new Thread(task, "request");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
