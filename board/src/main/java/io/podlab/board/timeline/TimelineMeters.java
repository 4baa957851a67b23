package io.podlab.board.timeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.podlab.board.moment.Kind;
import io.podlab.board.moment.Source;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The metrics of the timeline. Prometheus sees each of them from the start, with the value 0. */
@Singleton
class TimelineMeters {
  private final Map<Kind, Counter> moments = new EnumMap<>(Kind.class);
  private final Timer lag;

  TimelineMeters(Timeline timeline, MeterRegistry registry) {
    for (Kind kind : Kind.values()) {
      moments.put(
          kind,
          Counter.builder("lab.board.moments")
              .description("Number of moments that the board recorded, by kind")
              .tag("kind", kind.label())
              .register(registry));
    }
    lag =
        Timer.builder("lab.board.lag")
            .description(
                "Seconds from a change in the cluster until the board sees it; API times are whole"
                    + " seconds, so the value can be up to one second too high")
            .serviceLevelObjectives(
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofMillis(1_300),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30))
            .register(registry);
    Gauge.builder("lab.board.lanes", timeline, Timeline::lanes)
        .description("Number of pods, Services, workloads and namespaces that have a lane")
        .register(registry);
    FunctionCounter.builder("lab.board.moments.dropped", timeline, Timeline::dropped)
        .description("Number of moments that the board dropped: older than one hour, or too many")
        .register(registry);
    timeline.onMoment(this::added);
  }

  void register(@Observes StartupEvent starting) {
    // Creating this bean at startup registers the metrics.
  }

  private void added(Moment moment) {
    moments.get(moment.kind()).increment();
    if (moment.apiTime() != null && !moment.approximate() && moment.source() != Source.PROGRAM) {
      Duration late = Duration.between(moment.apiTime(), moment.seen());
      lag.record(late.isNegative() ? Duration.ZERO : late);
    }
  }
}
