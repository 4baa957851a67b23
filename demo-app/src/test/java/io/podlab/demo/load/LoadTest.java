package io.podlab.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTest {
  private static final Duration TIME = Duration.ofMillis(200);
  private static final int RATE = 100;
  private static final int REQUESTS = 20;
  private static final Duration HALF = Duration.ofMillis(500);
  private static final LoadTarget TARGET = LoadTarget.parse("http://127.0.0.1:1");

  private final StringWriter out = new StringWriter();

  @Test
  void sendsEachRequestOverANewConnectionAndTellsWhoAnswered() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(number -> ScriptedServer.by("demo-" + number % 2))) {
      // When
      boolean perfect = load(server.target(), false).run();

      // Then
      assertThat(perfect).isTrue();
      assertThat(server.connections()).isEqualTo(REQUESTS);
      assertThat(out.toString())
          .contains("s to %s: 20 answered, 0 failed".formatted(server.target().url()))
          .contains("  10 by demo-0, the first at ", "  10 by demo-1, the first at ")
          .containsOnlyOnce("demo-1 answers for the first time");
    }
  }

  @Test
  void sendsAllRequestsOverAFewConnectionsIfTheyAreKept() throws Exception {
    try (ScriptedServer server = new ScriptedServer(number -> ScriptedServer.by("demo-1"))) {
      // When
      boolean perfect = load(server.target(), true).run();

      // Then
      assertThat(perfect).isTrue();
      assertThat(server.connections()).isEqualTo(KeptConnections.SIZE);
      assertThat(server.requests()).isEqualTo(REQUESTS);
      assertThat(out.toString()).contains(" over 4 connections: 20 answered, 0 failed");
    }
  }

  @Test
  void opensAnotherConnectionWhenTheServerSaysClose() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            number ->
                number <= KeptConnections.SIZE
                    ? ScriptedServer.lastBy("demo-old")
                    : ScriptedServer.by("demo-new"))) {
      // When
      boolean perfect = load(server.target(), true).run();

      // Then
      assertThat(perfect).isTrue();
      assertThat(server.connections()).isEqualTo(2 * KeptConnections.SIZE);
      assertThat(out.toString())
          .containsOnlyOnce("demo-old sends Connection: close")
          .contains("  4 by demo-old, ", "  16 by demo-new, ");
    }
  }

  /** The first request waits for later ones, which only an open loop sends. */
  @Test
  void isNotSlowedByASlowAnswer() throws Exception {
    // Given
    CountDownLatch others = new CountDownLatch(REQUESTS - 1);
    try (ScriptedServer server =
        new ScriptedServer(
            number -> {
              if (number == 1) {
                others.await();
              } else {
                others.countDown();
              }
              return ScriptedServer.by("demo-1");
            })) {
      // Then
      assertThat(load(server.target(), false).run()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "hang",
      value = {
        "'',                                              false, connection closed before the answer",
        "'',                                              true,  connection closed before the answer",
        "hang,                                            false, no answer within 0.5 s",
        "hang,                                            true,  no answer within 0.5 s",
        "'HTTP/1.1 200 OK~Content-Length: 9~~', true, no complete answer within 0.5 s",
        "'HTTP/1.1 200 OK~Connection: close~Content-Length: 9~~', true, connection closed in the middle of the answer",
        "'HTTP/1.1 503 Service Unavailable~Content-Length: 0~~', false, answered 503",
        "'what?~',                                        false, the answer is not HTTP/1.1",
      })
  void tellsWhyRequestsFailed(String answer, boolean keepAlive, String why) throws Exception {
    // Given
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            number -> {
              if (answer == null) {
                end.await();
              }
              return String.valueOf(answer).replace("~", "\r\n");
            })) {
      // When
      LoadPlan oneForEachConnection = new LoadPlan(server.target(), TIME, 20, keepAlive);
      boolean perfect =
          new Load(oneForEachConnection, printer(), Clock.systemUTC(), 100, HALF).run();
      end.countDown();

      // Then
      assertThat(perfect).isFalse();
      assertThat(out.toString())
          .contains(" the first failure of its kind: " + why, " 0 answered, 4 failed\n")
          .contains(" failed: " + why);
    }
  }

  @Test
  void countsRefusedConnections() throws Exception {
    // Given
    LoadTarget nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      nobody = LoadTarget.parse("http://127.0.0.1:" + free.getLocalPort());
    }

    // Then
    assertThat(load(nobody, false).run()).isFalse();
    assertThat(out.toString()).contains("0 answered, 20 failed\n  20 failed: connection refused, ");
  }

  @Test
  void countsThatTheNameIsUnknown() throws Exception {
    assertThat(load(LoadTarget.parse("http://nothing.invalid"), false).run()).isFalse();
    assertThat(out.toString()).contains("  20 failed: host name nothing.invalid not found, ");
  }

  @Test
  void sendsNoMoreThanMayBeUnderWayAndCountsTheRest() throws Exception {
    // Given
    CountDownLatch full = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            number -> {
              full.await();
              return ScriptedServer.by("demo-1");
            })) {
      Load load =
          new Load(plan(server.target(), false), printer(), Clock.systemUTC(), 3, Load.LIMIT);

      // When
      CompletableFuture<Boolean> perfect = started(load);
      await()
          .until(
              () ->
                  out.toString()
                      .contains("the first request that was not sent: 3 requests were in flight"));
      assertThat(server.requests()).isLessThanOrEqualTo(3);
      full.countDown();

      // Then
      assertThat(perfect.join()).isFalse();
      assertThat(out.toString())
          .containsPattern(
              " 0 failed\n  \\d+ by demo-1, .*\n  \\d+ not sent: 3 requests were in flight");
    }
  }

  @Test
  void countsARequestThatGotNoConnectionAsNotSent() throws Exception {
    // Given
    Load load =
        load(
            () -> {
              throw new NotSent("all are in use");
            });

    // Then
    assertThat(load.run()).isFalse();
    assertThat(out.toString())
        .containsOnlyOnce(" the first request that was not sent: all are in use\n")
        .contains(": 0 answered, 0 failed\n  20 not sent: all are in use, the first at ");
  }

  @Test
  void countsItsOwnErrorsAsFailures() throws Exception {
    // Given
    AtomicInteger number = new AtomicInteger();
    Load load =
        load(
            () -> {
              if (number.incrementAndGet() == 1) {
                throw new IllegalStateException();
              }
              return new Answer(200, Optional.of("demo-1"), true);
            });

    // Then
    assertThat(load.run()).isFalse();
    assertThat(out.toString())
        .contains(": 19 answered, 1 failed\n")
        .contains("  1 failed: internal error of this client: IllegalStateException, ");
  }

  @Test
  void sendsNothingAfterItIsStoppedButWaitsForWhatIsUnderWay() throws Exception {
    // Given
    CountDownLatch answer = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            number -> {
              answer.await();
              return ScriptedServer.by("demo-1");
            })) {
      LoadPlan hour = new LoadPlan(server.target(), LoadPlan.LONGEST, RATE, false);
      Load load = new Load(hour, printer(), Clock.systemUTC());
      CompletableFuture<Boolean> perfect = started(load);
      await().until(() -> server.requests() >= 3);

      // When
      load.stop();
      await().until(() -> out.toString().contains(" stopping;"));
      assertThat(perfect).isNotDone();
      answer.countDown();

      // Then
      assertThat(perfect.join()).isTrue();
      assertThat(out.toString())
          .contains("\n  %d by demo-1, ".formatted(server.requests()))
          .contains(": %d answered, 0 failed".formatted(server.requests()));
    }
  }

  private Load load(Sender sender) {
    return new Load(plan(TARGET, false), printer(), Clock.systemUTC(), 100, HALF, sender);
  }

  private Load load(LoadTarget target, boolean keepAlive) {
    return new Load(plan(target, keepAlive), printer(), Clock.systemUTC());
  }

  private static LoadPlan plan(LoadTarget target, boolean keepAlive) {
    return new LoadPlan(target, TIME, RATE, keepAlive);
  }

  private PrintWriter printer() {
    return new PrintWriter(out, true);
  }

  private static CompletableFuture<Boolean> started(Load load) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return load.run();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
