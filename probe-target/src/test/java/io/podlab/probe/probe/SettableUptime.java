package io.podlab.probe.probe;

import io.podlab.kit.testing.SettableClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** An uptime that passes when a test says so. */
public final class SettableUptime {
  private final AtomicLong nanoTime = new AtomicLong(-3_000_000_000L);
  private final Uptime uptime = new Uptime(new SettableClock(), nanoTime::get);

  /** At zero, and running. */
  public static SettableUptime begun() {
    SettableUptime settable = new SettableUptime();
    settable.uptime.begin();
    return settable;
  }

  public void advance(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  public Uptime uptime() {
    return uptime;
  }
}
