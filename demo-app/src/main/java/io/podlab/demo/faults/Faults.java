package io.podlab.demo.faults;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.demo.parameter.RequestParameter;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Starts and ends faults. At most one fault of each name is active; a new one replaces it. */
@Startup
@Singleton
public final class Faults {
  private static final Logger LOG = Logger.getLogger(Faults.class);

  private final Clock clock;
  private final Vertx vertx;
  private final Map<FaultName, Active> active = new EnumMap<>(FaultName.class);
  private NativeMemory memory = new NativeMemory();
  private volatile HangingRequests hang;
  private volatile double errorRate;

  Faults(Clock clock, Vertx vertx, MeterRegistry meters) {
    this.clock = clock;
    this.vertx = vertx;
    for (FaultName name : FaultName.values()) {
      Gauge.builder("lab.demo.faults.active", this, faults -> faults.isActive(name) ? 1 : 0)
          .description("1 while the fault is active, otherwise 0")
          .tag("fault", name.toString())
          .strongReference(true)
          .register(meters);
    }
  }

  private record Active(ActiveFault fault, long timer, Runnable end) {}

  public FaultList list() {
    synchronized (active) {
      return new FaultList(active.values().stream().map(Active::fault).toList());
    }
  }

  private boolean isActive(FaultName name) {
    synchronized (active) {
      return active.containsKey(name);
    }
  }

  ActiveFault allocate(long bytes, Duration time) {
    NativeMemory taken = new NativeMemory();
    return begin(
        FaultName.ALLOCATE,
        RequestParameter.size(bytes),
        time,
        () -> {
          NativeMemory before = memory;
          memory = taken;
          onWorker(
              () -> {
                // Free the memory of an earlier call first: there may not be room for both.
                before.close();
                taken.take(bytes);
              });
        },
        () -> onWorker(taken::close));
  }

  /** Allocating and freeing can block when memory is short. */
  private void onWorker(Runnable action) {
    vertx.executeBlocking(
        () -> {
          action.run();
          return null;
        },
        false);
  }

  ActiveFault burn(int cores, Duration time) {
    Burner burner = new Burner(cores);
    return begin(
        FaultName.BURN,
        cores == 1 ? "1 core" : cores + " cores",
        time,
        burner::start,
        burner::close);
  }

  ActiveFault hang(Duration time) {
    HangingRequests requests = new HangingRequests();
    return begin(
        FaultName.HANG,
        "requests wait",
        time,
        () -> hang = requests,
        () -> {
          hang = null;
          requests.close();
        });
  }

  ActiveFault errors(double rate, Duration time) {
    return begin(
        FaultName.ERRORS,
        "%s of the requests get 500".formatted(rate),
        time,
        () -> errorRate = rate,
        () -> errorRate = 0);
  }

  /** The requests that wait; null while the fault hang is not active. */
  HangingRequests hanging() {
    return hang;
  }

  /** The share of requests that fail, 0 to 1. */
  double errorRate() {
    return errorRate;
  }

  private ActiveFault begin(
      FaultName name, String detail, Duration time, Runnable start, Runnable end) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ActiveFault fault = new ActiveFault(name, detail, now, now.plus(time));
    synchronized (active) {
      end(name);
      long timer = vertx.setTimer(time.toMillis(), over -> endIfStill(fault));
      active.put(name, new Active(fault, timer, end));
      start.run();
    }
    LOG.infof("fault %s active until %s: %s", name, fault.until(), detail);
    return fault;
  }

  private void endIfStill(ActiveFault fault) {
    synchronized (active) {
      Active current = active.get(fault.fault());
      if (current != null && current.fault() == fault) {
        end(fault.fault());
      }
    }
  }

  /** Ends a fault, if it is active. */
  void end(FaultName name) {
    synchronized (active) {
      Active ended = active.remove(name);
      if (ended != null) {
        vertx.cancelTimer(ended.timer());
        ended.end().run();
        LOG.infof("fault %s ended", name);
      }
    }
  }

  @PreDestroy
  void endAll() {
    List.copyOf(Arrays.asList(FaultName.values())).forEach(this::end);
  }
}
