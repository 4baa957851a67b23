package io.podlab.demo.start;

import io.podlab.kit.duration.GoDuration;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Delays the start after the signal handlers are installed and before the port is opened. */
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
    LOG.infof(
        "waiting %s before listening (LAB_DEMO_STARTUP_DELAY)",
        GoDuration.format(config.startupDelay()));
    Thread.sleep(config.startupDelay().toMillis());
  }
}
