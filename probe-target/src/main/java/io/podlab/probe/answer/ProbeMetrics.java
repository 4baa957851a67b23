package io.podlab.probe.answer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.podlab.probe.schedule.State;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Logs transitions, and exports metrics of probes. All time series exist from the start, and no
 * label contains a value that a client sends.
 */
@Singleton
@Startup
final class ProbeMetrics {
  private static final Logger LOG = Logger.getLogger(ProbeMetrics.class);

  /** Narrow buckets around common periods of probes, so that the kubelet's jitter is visible. */
  private static final Duration[] INTERVALS =
      Stream.of(
              100, 500, 900, 990, 1010, 1100, 1900, 2100, 2900, 3100, 4900, 5100, 9900, 10_100,
              14_900, 15_100, 29_900, 30_100, 60_000, 120_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  @Inject
  ProbeMetrics(Probes probes, Uptime uptime, Vertx vertx, MeterRegistry meters) {
    for (Probe probe : probes.all()) {
      states(probe, meters);
      Stream.of(Mechanism.HTTP, Mechanism.GRPC)
          .forEach(mechanism -> requests(probe, mechanism, meters));
      Map<State, Counter> transitions = transitions(probe, meters);
      Transitions.watch(
          probe.timeline(),
          uptime,
          vertx,
          (before, now) -> {
            if (before != null) {
              transitions.get(now).increment();
              LOG.infof("%s changed from %s to %s", probe.type(), before, now);
            }
          });
    }
    requests(probes.get(ProbeType.LIVENESS), Mechanism.TCP, meters);
  }

  private static void requests(Probe probe, Mechanism mechanism, MeterRegistry meters) {
    for (State state : State.values()) {
      FunctionCounter.builder("lab.probe.requests", probe, one -> one.count(mechanism, state))
          .description("Number of requests to a probe, by mechanism and answer")
          .tag("probe", probe.type().label())
          .tag("mechanism", mechanism.label())
          .tag("result", state.label())
          .register(meters);
    }
    Timer interval =
        Timer.builder("lab.probe.interval")
            .description("Seconds between two requests to a probe by the same mechanism")
            .tag("probe", probe.type().label())
            .tag("mechanism", mechanism.label())
            .serviceLevelObjectives(INTERVALS)
            .register(meters);
    probe.onInterval(mechanism, interval::record);
  }

  private static void states(Probe probe, MeterRegistry meters) {
    for (State state : State.values()) {
      Gauge.builder("lab.probe.state", probe, one -> one.timeline().state() == state ? 1 : 0)
          .description("1 for the current state of the probe, 0 for the other states")
          .tag("probe", probe.type().label())
          .tag("state", state.label())
          .register(meters);
    }
  }

  private static Map<State, Counter> transitions(Probe probe, MeterRegistry meters) {
    Map<State, Counter> transitions = new EnumMap<>(State.class);
    for (State state : State.values()) {
      transitions.put(
          state,
          Counter.builder("lab.probe.transitions")
              .description(
                  "Number of state changes of a probe, by new state; may miss states shorter than a few milliseconds")
              .tag("probe", probe.type().label())
              .tag("to", state.label())
              .register(meters));
    }
    return transitions;
  }
}
