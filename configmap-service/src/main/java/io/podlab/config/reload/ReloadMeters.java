package io.podlab.config.reload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.podlab.config.reload.Decision.Result;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All metrics of the reloads; each is there from the start. */
final class ReloadMeters {
  private final MeterRegistry registry;
  private final List<Meter> gauges = new ArrayList<>();
  private final Map<SourceName, Map<Result, Counter>> reloads = new EnumMap<>(SourceName.class);
  private final Map<SourceName, Timer> lags = new EnumMap<>(SourceName.class);
  private final MultiGauge revision;

  ReloadMeters(MeterRegistry registry, List<Source> sources) {
    this.registry = registry;
    this.revision =
        MultiGauge.builder("lab.config.revision.info")
            .description("The revision in effect")
            .register(registry);
    for (Source source : sources) {
      String name = source.name().toString();
      Map<Result, Counter> counters = new EnumMap<>(Result.class);
      for (Result result : Result.values()) {
        counters.put(
            result,
            Counter.builder("lab.config.reloads")
                .description("Changes of the source in effect, by what became of them")
                .tag("source", name)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry));
      }
      reloads.put(source.name(), counters);
      lags.put(
          source.name(),
          Timer.builder("lab.config.reload.lag")
              .description(
                  "From a change to its being in effect; of a source that is not, from the API's change until"
                      + " it had followed")
              .tag("source", name)
              .serviceLevelObjectives(
                  Duration.ofMillis(100),
                  Duration.ofMillis(150),
                  Duration.ofMillis(200),
                  Duration.ofMillis(250),
                  Duration.ofMillis(500),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(30),
                  Duration.ofMinutes(2))
              .register(registry));
      gauges.add(
          Gauge.builder("lab.config.watching", () -> source.watching() ? 1 : 0)
              .description("Whether something is at work that notices a change of this source")
              .tag("source", name)
              .strongReference(true)
              .register(registry));
    }
  }

  /** Once there is something to tell. */
  void show(Supplier<State> state, Supplier<Optional<Instant>> confirmedAt) {
    gauge(
        "lab.config.last.reload.successful",
        null,
        "Whether the last change was taken, and the source can be read",
        () -> state.get().isGood() ? 1 : 0);
    gauge(
        "lab.config.last.reload.success.timestamp",
        "seconds",
        "When the configuration in effect was loaded, in seconds since 1970",
        () -> seconds(state.get().loaded().at()));
    gauge(
        "lab.config.last.confirmed.timestamp",
        "seconds",
        "When the source in effect last answered, in seconds since 1970; 0 for never",
        () -> confirmedAt.get().map(ReloadMeters::seconds).orElse(0.0));
    gauge(
        "lab.config.size",
        "bytes",
        "All values in effect together",
        () -> state.get().loaded().snapshot().bytes());
  }

  private void gauge(String name, String unit, String description, Supplier<Number> value) {
    gauges.add(
        Gauge.builder(name, value)
            .description(description)
            .baseUnit(unit)
            .strongReference(true)
            .register(registry));
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1e3;
  }

  void count(SourceName source, Result result) {
    reloads.get(source).get(result).increment();
  }

  void lag(SourceName source, Duration lag) {
    lags.get(source).record(lag.isNegative() ? Duration.ZERO : lag);
  }

  void inEffect(String now) {
    revision.register(List.of(Row.of(Tags.of("revision", now), 1)), true);
  }

  /** The registry outlives the bean where a test starts the application again. */
  void close() {
    gauges.forEach(registry::remove);
  }
}
