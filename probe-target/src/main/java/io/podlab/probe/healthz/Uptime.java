package io.podlab.probe.healthz;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** The time since the HTTP port began to listen, on a clock that no one can set. */
@Singleton
class Uptime {
  private final LongSupplier nanoTime;
  private final AtomicReference<Long> begin = new AtomicReference<>();

  @Inject
  Uptime() {
    this(System::nanoTime);
  }

  Uptime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void listening(@ObservesAsync HttpServerStart start) {
    begin();
  }

  /** Zero, and the beginning, if asked before the news of the listening port has come. */
  Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - begin());
  }

  private long begin() {
    Long known = begin.get();
    if (known == null) {
      begin.compareAndSet(null, nanoTime.getAsLong());
      known = begin.get();
    }
    return known;
  }
}
