package io.podlab.probe.exec;

import io.podlab.kit.state.FileFailure;
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
 * The files for probes such as {@code exec: {command: [cat, /tmp/healthy]}}. If the directory is
 * not writable, the program logs one warning and otherwise works.
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
          // A slow disk must not block the event loop. executeBlocking keeps the order.
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

  /** Whether all writes so far succeeded. */
  public boolean areWritten() {
    return !warned.get();
  }

  private synchronized void put(Path file, boolean ok) {
    try {
      if (!ok) {
        Files.deleteIfExists(file);
      } else if (!Files.exists(file)) {
        Files.createDirectories(folder);
        Files.createFile(file);
      }
    } catch (IOException e) {
      if (!warned.getAndSet(true)) {
        LOG.warnf(
            "cannot write the files for exec probes in %s (%s); set LAB_PROBE_FILES to a writable"
                + " directory",
            folder, FileFailure.reason(folder, e));
      }
    }
  }

  /** Removes the files, because a volume outlives its container. */
  synchronized void remove(@Observes ShutdownEvent ending) {
    for (Probe probe : probes.all()) {
      try {
        Files.deleteIfExists(file(probe.type()));
      } catch (IOException e) {
        // put has logged a warning for this directory.
        continue;
      }
    }
  }
}
