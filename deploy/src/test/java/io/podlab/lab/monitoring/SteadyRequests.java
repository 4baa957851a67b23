package io.podlab.lab.monitoring;

import io.podlab.lab.project.Service;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Requests one path a few times per second, whatever the answer is. */
final class SteadyRequests implements AutoCloseable {
  private static final long INTERVAL_MILLISECONDS = 300;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  SteadyRequests(RunningServices services, Service service, String path) {
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            services.get(service, path);
          } catch (Exception nobodyAnswers) {
            // The next request follows.
          }
        },
        0,
        INTERVAL_MILLISECONDS,
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
