package io.podlab.config.reload;

import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.config.loglevel.LogLevelSetter;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.signal.Signals;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** The thread on which the {@link Reloader} checks the sources, every 25 ms or less often. */
@Startup
@Singleton
public class ReloadLoop {
  private static final Logger LOG = Logger.getLogger(ReloadLoop.class);
  private static final Duration INTERVAL = Duration.ofMillis(25);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

  /** After a check without a change, rest nine times as long: the thread is busy at most 10%. */
  private static final int REST = 9;

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Reloader reloader;
  private final Duration patience;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "config-reload");
            thread.setDaemon(true);
            return thread;
          });

  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  /** The reload that is requested and not yet started; null if there is none. */
  private CompletableFuture<Void> next;

  /** The last failure. A failure that repeats is logged once. */
  private String failure = "";

  @Inject
  ReloadLoop(
      ConfiguredSources sources,
      ReloadConfig config,
      Clock clock,
      MeterRegistry meters,
      LogLevelSetter logLevel) {
    this(
        new Reloader(
            sources.all(),
            sources.active(),
            config.lastGood().map(LastGood::in),
            clock,
            System::nanoTime,
            meters,
            settings -> logLevel.set(settings.logLevel())));
  }

  ReloadLoop(Reloader reloader) {
    this(reloader, PATIENCE);
  }

  ReloadLoop(Reloader reloader, Duration patience) {
    this.reloader = reloader;
    this.patience = patience;
    lookAfter(INTERVAL);
  }

  @Produces
  @Singleton
  Reloader reloader() {
    return reloader;
  }

  void listen(@Observes StartupEvent start) {
    // In a JVM that runs tests, SIGHUP still ends the process.
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      Signals.handle(
          "HUP",
          number -> {
            LOG.info("SIGHUP received: reloading");
            request();
          });
    }
  }

  /** Ends requests that wait for a revision, which would delay the shutdown. */
  void leave(@Observes ShutdownDelayInitiatedEvent leaving) {
    reloader.end();
  }

  /**
   * Reads all sources again and waits for the result.
   *
   * @return false if the active source does not answer within 15 s
   */
  public boolean reload() {
    try {
      request().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException hangs) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Puts an earlier revision into effect.
   *
   * @throws ProblemException as {@link Reloader#rollBack}, or 503 if the thread is busy for 15 s,
   *     or the service shuts down. The rollback has no effect then
   */
  Reloader.RollbackResult rollBack(String revision) {
    // The first of the rollback and the timeout sets it: a rollback must not take effect after the
    // client was told that it did not.
    AtomicBoolean claimed = new AtomicBoolean();
    try {
      CompletableFuture<Reloader.RollbackResult> result =
          CompletableFuture.supplyAsync(
              () -> claimed.compareAndSet(false, true) ? reloader.rollBack(revision) : null,
              thread);
      try {
        return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | InterruptedException e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        if (claimed.compareAndSet(false, true)) {
          throw unavailable("the service is busy with its sources; try again later");
        }
        return result.join();
      }
    } catch (RejectedExecutionException stopped) {
      throw unavailable("the pod is stopping");
    } catch (ExecutionException | CompletionException e) {
      if (e.getCause() instanceof ProblemException refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    }
  }

  private static ProblemException unavailable(String detail) {
    return new ProblemException(Problem.of(503, detail));
  }

  /** Requests that arrive during a reload share the next reload. */
  private synchronized CompletableFuture<Void> request() {
    if (next == null) {
      CompletableFuture<Void> mine = new CompletableFuture<>();
      next = mine;
      running.whenComplete((done, failed) -> begin(mine));
    }
    return next == null ? running : next;
  }

  private synchronized void begin(CompletableFuture<Void> reload) {
    running = reload;
    next = null;
    reloader
        .ask()
        .handleAsync(
            (answered, failed) -> {
              reloadSafely();
              return null;
            },
            thread)
        .whenComplete((done, failed) -> reload.complete(null));
  }

  private void reloadSafely() {
    try {
      reloader.reload();
    } catch (Throwable e) {
      LOG.error("the reload failed", e);
    }
  }

  private void lookAfter(Duration rest) {
    thread.schedule(this::look, rest.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Continues after every failure, including an {@link Error}. */
  private void look() {
    long before = System.nanoTime();
    boolean seen = false;
    try {
      seen = reloader.look();
      failure = "";
    } catch (Throwable e) {
      if (!failure.equals(e.toString())) {
        failure = e.toString();
        LOG.error("cannot check the sources", e);
      }
    } finally {
      Duration rest = Duration.ofNanos((System.nanoTime() - before) * REST);
      if (!thread.isShutdown()) {
        lookAfter(
            seen || rest.compareTo(INTERVAL) < 0
                ? INTERVAL
                : rest.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : rest);
      }
    }
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
    reloader.close();
  }
}
