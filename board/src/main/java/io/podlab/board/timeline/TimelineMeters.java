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

/** All metrics of the timeline; each is there from the start. */
@Singleton
class TimelineMeters {
  private final Map<Kind, Counter> moments = new EnumMap<>(Kind.class);
  private final Timer lag;

  TimelineMeters(Timeline timeline, MeterRegistry registry) {
    for (Kind kind : Kind.values()) {
      moments.put(
          kind,
          Counter.builder("lab.board.moments")
              .description("Moments that the board has shown, by kind")
              .tag("kind", kind.label())
              .register(registry));
    }
    lag =
        Timer.builder("lab.board.lag")
            .description(
                "Delay from a change in the cluster to the board's stream; the API server gives whole"
                    + " seconds, so up to one second of it is not real")
            .serviceLevelObjectives(
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofMillis(1_300),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30))
            .register(registry);
    Gauge.builder("lab.board.lanes", timeline, Timeline::lanes)
        .description("Pods, Services, workloads and namespaces that have a lane")
        .register(registry);
    FunctionCounter.builder("lab.board.moments.dropped", timeline, Timeline::dropped)
        .description("Moments that the board has removed: older than an hour, or too many")
        .register(registry);
    timeline.onMoment(this::added);
  }

  void begin(@Observes StartupEvent starting) {
    // Being there is all.
  }

  private void added(Moment moment) {
    moments.get(moment.kind()).increment();
    if (moment.apiTime() != null && !moment.approximate() && moment.source() != Source.PROGRAM) {
      Duration late = Duration.between(moment.apiTime(), moment.seen());
      lag.record(late.isNegative() ? Duration.ZERO : late);
    }
  }
}
