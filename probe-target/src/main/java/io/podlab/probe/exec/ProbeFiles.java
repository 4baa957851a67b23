package io.podlab.probe.exec;

import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeConfig;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.answer.Transitions;
import io.podlab.probe.answer.Uptime;
import io.podlab.probe.schedule.State;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The files for {@code exec: {command: [cat, /tmp/healthy]}}. Where they cannot be written, as on a
 * read-only file system, one warning says so, and the rest of the program works.
 */
@Singleton
@Startup
public class ProbeFiles {
  private static final Logger LOG = Logger.getLogger(ProbeFiles.class);

  private final Probes probes;
  private final Path folder;
  private final AtomicBoolean warned = new AtomicBoolean();

  @Inject
  public ProbeFiles(Probes probes, ProbeConfig config, Uptime uptime, Vertx vertx) {
    this.probes = probes;
    this.folder = config.files();
    for (Probe probe : probes.all()) {
      Context context = vertx.getOrCreateContext();
      Transitions.watch(
          probe.timeline(),
          uptime,
          vertx,
          // A disk may be slow, and the event loop must not wait for it; the order is kept.
          (before, now) ->
              context.executeBlocking(
                  () -> {
                    put(file(probe.type()), now == State.OK);
                    return null;
                  }));
    }
  }

  /** {@code /tmp/healthy}. */
  public Path file(ProbeType type) {
    return folder.resolve(
        switch (type) {
          case LIVENESS -> "healthy";
          case READINESS -> "ready";
          case STARTUP -> "started";
        });
  }

  public Path folder() {
    return folder;
  }

  /** Whether they could be written so far. */
  public boolean areWritten() {
    return !warned.get();
  }

  private synchronized void put(Path file, boolean well) {
    try {
      if (!well) {
        Files.deleteIfExists(file);
      } else if (!Files.exists(file)) {
        Files.createDirectories(folder);
        Files.createFile(file);
      }
    } catch (IOException e) {
      if (!warned.getAndSet(true)) {
        LOG.warnf(
            "the files for exec probes cannot be kept in %s (%s); LAB_PROBE_FILES names another"
                + " folder",
            folder, e);
      }
    }
  }

  /** Nothing is well that does not run; a volume outlives its container. */
  synchronized void remove(@Observes ShutdownEvent ending) {
    for (Probe probe : probes.all()) {
      try {
        Files.deleteIfExists(file(probe.type()));
      } catch (IOException e) {
        // The warning has been given when it could not be written.
        continue;
      }
    }
  }
}
