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

/** The time since the HTTP port began to listen, on a clock that no one can set. */
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

  /** The port listens: time runs from now. Only the first call counts. */
  public void begin() {
    synchronized (this) {
      if (begin != null) {
        return;
      }
      begin = new Begin(nanoTime.getAsLong(), clock.instant());
    }
    atBegin.forEach(Runnable::run);
  }

  /** Calls back when the port listens, or at once if it does. */
  public void atBegin(Runnable callback) {
    synchronized (this) {
      if (begin == null) {
        atBegin.add(callback);
        return;
      }
    }
    callback.run();
  }

  /** Nanoseconds since the port began to listen; zero as long as that is not known. */
  public long nanos() {
    Begin known = begin;
    return known == null ? 0 : nanoTime.getAsLong() - known.nanoTime();
  }

  /** Whether the port listens. */
  public boolean runs() {
    return begin != null;
  }

  /** The time of day at so many nanoseconds of this uptime. */
  public Instant instant(long nanos) {
    Begin known = begin;
    return (known == null ? clock.instant() : known.instant()).plusNanos(nanos);
  }
}
