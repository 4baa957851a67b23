package io.podlab.demo.reload;

import io.podlab.demo.lifecycle.Lifecycle;
import io.podlab.demo.lifecycle.Milestone;
import io.podlab.kit.signal.Signals;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import org.jboss.logging.Logger;

/** How many times the service has read what can be reloaded. */
@Singleton
public final class Generation {
  private static final Logger LOG = Logger.getLogger(Generation.class);

  private final Event<Reload> reloads;
  private final Lifecycle lifecycle;
  private volatile long current = 1;

  Generation(Event<Reload> reloads, Lifecycle lifecycle) {
    this.reloads = reloads;
    this.lifecycle = lifecycle;
  }

  void listen(@Observes StartupEvent start) {
    // Of a JVM that runs tests, SIGHUP remains the end.
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      Signals.handle("HUP", number -> reload());
    }
  }

  /** 1 from the start, and one more with each reload. */
  public long current() {
    return current;
  }

  /** One at a time; the number rises even if an observer fails. */
  synchronized void reload() {
    long next = current + 1;
    current = next;
    lifecycle.record(Milestone.RELOAD, "generation " + next);
    try {
      reloads.fire(new Reload(next));
      LOG.infof("SIGHUP: reloaded, generation %d", next);
    } catch (UncheckedIOException unreadable) {
      LOG.warnf("SIGHUP: generation %d, but %s", next, unreadable.getMessage());
    } catch (RuntimeException failed) {
      LOG.errorf(failed, "SIGHUP: generation %d, but not all could be reloaded", next);
    }
  }
}
