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

/** The number of times the service has read its reloadable settings. */
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
    // In tests, SIGHUP must still end the JVM.
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      Signals.handle("HUP", number -> reload());
    }
  }

  /** 1 at the start; each reload adds 1. */
  public long current() {
    return current;
  }

  /** Reloads. The number increases even if an observer fails. */
  synchronized void reload() {
    long next = current + 1;
    current = next;
    lifecycle.record(Milestone.RELOAD, "generation " + next);
    try {
      reloads.fire(new Reload(next));
      LOG.infof("SIGHUP: reloaded, generation %d", next);
    } catch (UncheckedIOException unreadable) {
      LOG.warnf("SIGHUP: the reload failed, generation %d: %s", next, unreadable.getMessage());
    } catch (RuntimeException failed) {
      LOG.errorf(failed, "SIGHUP: the reload failed, generation %d", next);
    }
  }
}
