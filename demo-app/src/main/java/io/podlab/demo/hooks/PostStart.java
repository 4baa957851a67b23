package io.podlab.demo.hooks;

import io.podlab.demo.lifecycle.Lifecycle;
import io.podlab.demo.lifecycle.Milestone;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Polls the marker file, because an exec hook writes it without calling the service. */
@Startup
@Singleton
final class PostStart {
  private static final long CHECK_MILLISECONDS = 250;

  /** Tolerance between the clocks of processes and of files; they differ by less. */
  private static final long CLOCKS_DIFFER_MILLISECONDS = 100;

  private final MarkerFile file;
  private final Lifecycle lifecycle;
  private final Instant since;
  private Optional<Marker> seen = Optional.empty();

  @Inject
  PostStart(HooksConfig config, Lifecycle lifecycle, Vertx vertx) {
    this(new MarkerFile(config.marker()), lifecycle, lifecycle.start());
    Callable<Void> check =
        () -> {
          check();
          return null;
        };
    vertx.setPeriodic(0, CHECK_MILLISECONDS, timer -> vertx.executeBlocking(check, false));
  }

  /**
   * @param processStart an older marker belongs to an earlier container
   */
  PostStart(MarkerFile file, Lifecycle lifecycle, Instant processStart) {
    this.file = file;
    this.lifecycle = lifecycle;
    this.since = processStart.minusMillis(CLOCKS_DIFFER_MILLISECONDS);
  }

  MarkerFile file() {
    return file;
  }

  synchronized void check() {
    Optional<Marker> now =
        file.read()
            // A shell creates the file before it writes the text.
            .filter(marker -> !marker.content().isEmpty())
            .filter(marker -> !marker.writtenAt().isBefore(since));
    if (now.isPresent() && !now.equals(seen)) {
      lifecycle.record(Milestone.POST_START, now.get().content(), now.get().writtenAt());
    }
    seen = now;
  }

  synchronized void write(String message) {
    file.write(message);
    check();
  }
}
