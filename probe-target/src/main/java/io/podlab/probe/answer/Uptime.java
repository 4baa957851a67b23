package io.podlab.probe.answer;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** The time since the HTTP port opened, by the monotonic clock. */
@Singleton
public class Uptime {
  private record Begin(long nanoTime, Instant instant) {}

  private final LongSupplier nanoTime;
  private final Clock clock;
  private final List<Runnable> atBegin = new CopyOnWriteArrayList<>();
  private volatile Begin begin;

  @Inject
  Uptime(Clock clock) {
    this(clock, System::nanoTime);
  }

  public Uptime(Clock clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  void listening(@ObservesAsync HttpServerStart start) {
    begin();
  }

  /** Starts the time. Only the first call has an effect. */
  public void begin() {
    synchronized (this) {
      if (begin != null) {
        return;
      }
      begin = new Begin(nanoTime.getAsLong(), clock.instant());
    }
    atBegin.forEach(Runnable::run);
  }

  /** Calls back when the port opens, or immediately if it is open. */
  public void atBegin(Runnable callback) {
    synchronized (this) {
      if (begin == null) {
        atBegin.add(callback);
        return;
      }
    }
    callback.run();
  }

  /** Nanoseconds since the port opened; 0 before that. */
  public long nanos() {
    Begin known = begin;
    return known == null ? 0 : nanoTime.getAsLong() - known.nanoTime();
  }

  /** Whether the port is open. */
  public boolean runs() {
    return begin != null;
  }

  /** The time of day at an uptime in nanoseconds. */
  public Instant instant(long nanos) {
    Begin known = begin;
    return (known == null ? clock.instant() : known.instant()).plusNanos(nanos);
  }
}
