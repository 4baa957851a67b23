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
 * Tells of probes and transitions, in the log and as metrics. Every series is there from the start,
 * and none can come: no label takes what a client sends.
 */
@Singleton
@Startup
final class ProbeMetrics {
  private static final Logger LOG = Logger.getLogger(ProbeMetrics.class);

  /** Close around the periods that manifests have, so that the kubelet's jitter shows. */
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
              LOG.infof("%s: %s, was %s", probe.type(), now, before);
            }
          });
    }
    requests(probes.get(ProbeType.LIVENESS), Mechanism.TCP, meters);
  }

  private static void requests(Probe probe, Mechanism mechanism, MeterRegistry meters) {
    for (State state : State.values()) {
      FunctionCounter.builder("lab.probe.requests", probe, one -> one.count(mechanism, state))
          .description("Requests to a probe, by mechanism and answer")
          .tag("probe", probe.type().label())
          .tag("mechanism", mechanism.label())
          .tag("result", state.label())
          .register(meters);
    }
    Timer interval =
        Timer.builder("lab.probe.interval")
            .description("Time between two requests to a probe by one mechanism")
            .tag("probe", probe.type().label())
            .tag("mechanism", mechanism.label())
            .serviceLevelObjectives(INTERVALS)
            .register(meters);
    probe.onInterval(mechanism, interval::record);
  }

  private static void states(Probe probe, MeterRegistry meters) {
    for (State state : State.values()) {
      Gauge.builder("lab.probe.state", probe, one -> one.timeline().state() == state ? 1 : 0)
          .description("1 for the state in which the probe answers now, 0 for the other states")
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
                  "Changes of the state of a probe, by new state; a state of a few milliseconds may be missed")
              .tag("probe", probe.type().label())
              .tag("to", state.label())
              .register(meters));
    }
    return transitions;
  }
}
