package io.podlab.config.reload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.config.snapshot.ConfigDirectory;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.state.StateDirectory;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks at the directory five times a second and reads it when it may have changed. Looking costs a
 * few system calls, and unlike a watch it works on every file system, and across the kubelet's
 * swaps.
 */
@Startup
@Singleton
class Reloader {
  private static final Logger LOG = Logger.getLogger(Reloader.class);
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final ConfigDirectory directory;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Gauge lastSuccessful;
  private final Counter succeeded;
  private final Counter failed;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "config-reload");
            thread.setDaemon(true);
            return thread;
          });

  private volatile Loaded loaded;
  private volatile boolean healthy = true;
  private String fingerprint;
  private String complaint = "";

  @Inject
  Reloader(ReloadConfig config, Clock clock, MeterRegistry meters) {
    this(new ConfigDirectory(directory(config)), clock, meters);
    timer.scheduleWithFixedDelay(
        this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  Reloader(ConfigDirectory directory, Clock clock, MeterRegistry meters) {
    this.directory = directory;
    this.clock = clock;
    this.succeeded = counter(meters, "success");
    this.failed = counter(meters, "failure");
    this.meters = meters;
    this.lastSuccessful =
        Gauge.builder("lab.config.last.reload.successful", () -> healthy ? 1 : 0)
            .description("Whether the last attempt to read the configuration succeeded")
            .register(meters);
    try {
      fingerprint = directory.fingerprint();
      loaded = new Loaded(directory.read(), clock.instant());
    } catch (IOException e) {
      throw new ConfigurationException("there is no configuration: " + e.getMessage());
    }
    LOG.infof("loaded revision %s from %s", loaded.snapshot().revision(), directory.path());
  }

  private static Counter counter(MeterRegistry meters, String result) {
    return Counter.builder("lab.config.reloads")
        .description("Times the configuration was read again")
        .tag("source", "directory")
        .tag("result", result)
        .register(meters);
  }

  private static Path directory(ReloadConfig config) {
    if (config.dir().isEmpty()) {
      return ExampleDirectory.prepared(StateDirectory.of("configmap-service").resolve("config"));
    }
    Path given = config.dir().get();
    if (!Files.isDirectory(given)) {
      throw new ConfigurationException(
          "LAB_CONFIG_DIR=%s makes no sense: there is no such directory".formatted(given));
    }
    return given;
  }

  /** What is in effect; one object, so that no reader sees two versions mixed. */
  Loaded loaded() {
    return loaded;
  }

  Path source() {
    return directory.path();
  }

  /**
   * Reads again if something may have changed. What cannot be read changes nothing, and is said
   * once.
   */
  void look() {
    try {
      String current = directory.fingerprint();
      if (current.equals(fingerprint) && healthy) {
        return;
      }
      Snapshot snapshot = directory.read();
      fingerprint = current;
      healthy = true;
      complaint = "";
      if (!snapshot.revision().equals(loaded.snapshot().revision())) {
        LOG.infof(
            "reloaded: revision %s, was %s", snapshot.revision(), loaded.snapshot().revision());
        loaded = new Loaded(snapshot, clock.instant());
        succeeded.increment();
      }
    } catch (IOException | RuntimeException e) {
      healthy = false;
      if (!complaint.equals(e.toString())) {
        complaint = e.toString();
        failed.increment();
        LOG.warnf("revision %s stays in effect: %s", loaded.snapshot().revision(), e.getMessage());
      }
    }
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
    // The registry outlives this bean where a test starts the application again.
    meters.remove(lastSuccessful);
  }
}
