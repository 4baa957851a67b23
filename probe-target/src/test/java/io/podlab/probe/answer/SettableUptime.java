package io.podlab.probe.answer;

import io.podlab.kit.testing.SettableClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** An uptime that only a test advances. */
public final class SettableUptime {
  private final AtomicLong nanoTime = new AtomicLong(-3_000_000_000L);
  private final Uptime uptime = new Uptime(new SettableClock(), nanoTime::get);

  /** Started, and at zero. */
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
