package io.podlab.demo.stop;

import io.podlab.demo.lifecycle.Lifecycle;
import io.podlab.demo.lifecycle.Milestone;
import io.podlab.demo.lifecycle.StopSignal;
import io.podlab.demo.lifecycle.Traffic;
import io.podlab.demo.listen.ListeningSockets;
import io.podlab.demo.output.StandardOutput;
import io.podlab.demo.websocket.WebSockets;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.signal.Signals;
import io.podlab.kit.start.TerminationLog;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Handles SIGTERM and SIGINT. The graceful shutdown of Quarkus accepts connections until no request
 * is in flight, which never happens under load. It also does not announce the close to clients. So
 * it runs after this class has drained all requests.
 */
@Singleton
final class GracefulStop {
  private static final Logger LOG = Logger.getLogger(GracefulStop.class);

  /** Before all slow parts of the start. */
  private static final int FIRST = 1;

  /**
   * A client can send the next request while its idle connection is closed. So the process first
   * announces the close in an answer on each active connection. A client that sends at least two
   * requests per second loses none.
   */
  private static final Duration QUIET = Duration.ofMillis(500);

  private static final long LOOK_AGAIN_MILLISECONDS = 5;

  private final StopConfig config;
  private final Lifecycle lifecycle;
  private final Traffic traffic;
  private final WebSockets webSockets;
  private final Event<StopSignal> stopping;
  private final AtomicBoolean signaled = new AtomicBoolean();
  private volatile boolean started;
  private volatile long signaledAt;
  private volatile long servedBefore;

  GracefulStop(
      StopConfig config,
      Lifecycle lifecycle,
      Traffic traffic,
      WebSockets webSockets,
      Event<StopSignal> stopping) {
    this.config = config;
    this.lifecycle = lifecycle;
    this.traffic = traffic;
    this.webSockets = webSockets;
    this.stopping = stopping;
  }

  void listen(@Observes @Priority(FIRST) StartupEvent start) {
    // Tests end with their JVM.
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      Signals.onStop(this::stop);
    }
  }

  void started(@ObservesAsync HttpServerStart listening) {
    started = true;
  }

  private void stop(String signal, int exitCode) {
    if (!signaled.compareAndSet(false, true)) {
      halt(signal, exitCode);
      return;
    }
    signaledAt = System.nanoTime();
    servedBefore = traffic.answered();
    if (!started) {
      LOG.infof("%s arrived before the start was complete", signal);
      StandardOutput.halt(exitCode);
    }
    lifecycle.record(Milestone.valueOf(signal));
    LOG.infof(
        "%s received: %d requests in flight; accepting requests for %s more, then waiting up to %s"
            + " for them to complete",
        signal,
        traffic.inFlight(),
        GoDuration.format(config.drain()),
        GoDuration.format(config.grace()));
    stopping.fire(new StopSignal(signal));
    waitFor(config.drain(), () -> false);
    ListeningSockets.stopAccepting();
    webSockets.closeAll();
    waitFor(config.grace(), () -> traffic.isQuietFor(QUIET) && webSockets.open() == 0);
    webSockets.reportOpen();
    report(signal);
    lifecycle.end();
    // Not System.exit: its hooks run in parallel, and the last log lines would be lost.
    Quarkus.asyncExit(exitCode);
  }

  private void halt(String signal, int exitCode) {
    webSockets.reportOpen();
    report("a second signal, " + signal);
    StandardOutput.halt(exitCode);
  }

  private void report(String signal) {
    long served = traffic.answered();
    StopSummary summary =
        new StopSummary(
            served,
            signal,
            served - servedBefore,
            Duration.ofNanos(System.nanoTime() - signaledAt),
            traffic.inFlight());
    LOG.info(summary.line());
    TerminationLog.write(summary.line());
  }

  private static void waitFor(Duration most, BooleanSupplier enough) {
    long end = System.nanoTime() + most.toNanos();
    try {
      while (!enough.getAsBoolean() && System.nanoTime() - end < 0) {
        Thread.sleep(LOOK_AGAIN_MILLISECONDS);
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
