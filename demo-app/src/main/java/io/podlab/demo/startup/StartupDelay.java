package io.podlab.demo.startup;

import io.podlab.kit.duration.GoDuration;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Holds up the start between the signal handlers, which must be there, and the port. */
@Singleton
final class StartupDelay {
  private static final Logger LOG = Logger.getLogger(StartupDelay.class);
  private static final int LAST = Integer.MAX_VALUE;

  private final StartupConfig config;

  StartupDelay(StartupConfig config) {
    this.config = config;
  }

  void delay(@Observes @Priority(LAST) StartupEvent start) throws InterruptedException {
    if (config.startupDelay().isZero()) {
      return;
    }
    LOG.infof("listens in %s", GoDuration.format(config.startupDelay()));
    Thread.sleep(config.startupDelay().toMillis());
  }
}
