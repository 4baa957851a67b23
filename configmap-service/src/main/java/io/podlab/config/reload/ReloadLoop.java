package io.podlab.config.reload;

import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.config.loglevel.LogLevelSetter;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** The thread on which the {@link Reloader} looks at the sources, again and again. */
@Startup
@Singleton
public class ReloadLoop {
  private static final Logger LOG = Logger.getLogger(ReloadLoop.class);
  private static final Duration INTERVAL = Duration.ofMillis(25);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

  /** Looking in vain takes at most a tenth of the time, however many files there are. */
  private static final int REST = 9;

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Reloader reloader;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "config-reload");
            thread.setDaemon(true);
            return thread;
          });

  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  /** Asked for, and not begun. */
  private CompletableFuture<Void> next;

  /** What went wrong at the last look, which is logged once however often it goes wrong. */
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
    this.reloader = reloader;
    lookAfter(INTERVAL);
  }

  @Produces
  @Singleton
  Reloader reloader() {
    return reloader;
  }

  void listen(@Observes StartupEvent start) {
    // Of a JVM that runs tests, SIGHUP remains the end.
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      Signals.handle(
          "HUP",
          number -> {
            LOG.info("SIGHUP: reading again");
            request();
          });
    }
  }

  /** Who waits for the next revision would hold up the end. */
  void leave(@Observes ShutdownDelayInitiatedEvent leaving) {
    reloader.end();
  }

  /**
   * Asks all sources anew, and waits until it is done.
   *
   * @return false if the source in effect has not answered within 15 s
   */
  public boolean reload() {
    try {
      request().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
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

  /** Those who ask while one reload is at work share the next one. */
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
      LOG.error("reading again failed", e);
    }
  }

  private void lookAfter(Duration rest) {
    thread.schedule(this::look, rest.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whatever goes wrong, an {@link Error} too, is no reason never to look again. */
  private void look() {
    long before = System.nanoTime();
    boolean seen = false;
    try {
      seen = reloader.look();
      failure = "";
    } catch (Throwable e) {
      if (!failure.equals(e.toString())) {
        failure = e.toString();
        LOG.error("looking at the sources failed", e);
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
