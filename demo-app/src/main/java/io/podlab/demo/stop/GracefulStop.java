package io.podlab.demo.stop;

import io.podlab.demo.lifecycle.Lifecycle;
import io.podlab.demo.lifecycle.Milestone;
import io.podlab.demo.lifecycle.StopSignal;
import io.podlab.demo.lifecycle.Traffic;
import io.podlab.demo.listen.ListeningSockets;
import io.podlab.demo.output.StandardOutput;
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
 * What SIGTERM and SIGINT do. Quarkus' own graceful shutdown accepts connections until nothing is
 * in flight, which under load is never, and does not tell the clients of what was in flight to go
 * elsewhere; so it comes after this, when nothing is left.
 */
@Singleton
final class GracefulStop {
  private static final Logger LOG = Logger.getLogger(GracefulStop.class);

  /** Before all that may take its time at the start. */
  private static final int FIRST = 1;

  /**
   * A connection that is in use rests between two requests, and the next may be on its way when it
   * is closed. So it gets to hear of the end first, with an answer; who asks twice a second or more
   * loses none.
   */
  private static final Duration QUIET = Duration.ofMillis(500);

  private static final long LOOK_AGAIN_MILLISECONDS = 5;

  private final StopConfig config;
  private final Lifecycle lifecycle;
  private final Traffic traffic;
  private final Event<StopSignal> leaving;
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean started;
  private volatile long toldAt;
  private volatile long servedBefore;

  GracefulStop(StopConfig config, Lifecycle lifecycle, Traffic traffic, Event<StopSignal> leaving) {
    this.config = config;
    this.lifecycle = lifecycle;
    this.traffic = traffic;
    this.leaving = leaving;
  }

  void listen(@Observes @Priority(FIRST) StartupEvent start) {
    // Tests end with the JVM that runs them.
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      Signals.onStop(this::stop);
    }
  }

  void started(@ObservesAsync HttpServerStart listening) {
    started = true;
  }

  private void stop(String signal, int exitCode) {
    if (!told.compareAndSet(false, true)) {
      endAtOnce(signal, exitCode);
      return;
    }
    toldAt = System.nanoTime();
    servedBefore = traffic.answered();
    if (!started) {
      LOG.infof("%s before the start was over", signal);
      StandardOutput.halt(exitCode);
    }
    lifecycle.record(Milestone.valueOf(signal));
    LOG.infof(
        "%s: %d requests in flight; drain %s, grace %s",
        signal,
        traffic.inFlight(),
        GoDuration.format(config.drain()),
        GoDuration.format(config.grace()));
    leaving.fire(new StopSignal(signal));
    waitFor(config.drain(), () -> false);
    ListeningSockets.stopAccepting();
    waitFor(config.grace(), () -> traffic.isQuietFor(QUIET));
    tell(signal);
    lifecycle.end();
    // Not System.exit, whose hooks run at once: the log's last lines must come before its end.
    Quarkus.asyncExit(exitCode);
  }

  private void endAtOnce(String signal, int exitCode) {
    tell("a second signal, " + signal);
    StandardOutput.halt(exitCode);
  }

  private void tell(String signal) {
    long served = traffic.answered();
    StopSummary summary =
        new StopSummary(
            served,
            signal,
            served - servedBefore,
            Duration.ofNanos(System.nanoTime() - toldAt),
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
