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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** All metrics about reloads. Each exists from the start. */
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
            .description("Always 1; the label revision is the revision in effect")
            .register(registry);
    for (Source source : sources) {
      String name = source.name().toString();
      Map<Result, Counter> counters = new EnumMap<>(Result.class);
      for (Result result : Result.values()) {
        counters.put(
            result,
            Counter.builder("lab.config.reloads")
                .description("Number of changes of the active source, by result")
                .tag("source", name)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry));
      }
      reloads.put(source.name(), counters);
      lags.put(
          source.name(),
          Timer.builder("lab.config.reload.lag")
              .description(
                  "Delay in seconds from a change of the active source until it takes effect; for other"
                      + " sources, from a change in the API until the source has it")
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
              .description("1 if the service notices changes of this source, else 0")
              .tag("source", name)
              .strongReference(true)
              .register(registry));
    }
  }

  /** Registers the gauges that need a state. */
  void show(Supplier<State> state, Supplier<Optional<Instant>> confirmedAt, BooleanSupplier stale) {
    gauge(
        "lab.config.last.reload.successful",
        null,
        "1 if the service accepted the last change and can read the active source, else 0",
        () -> state.get().isGood() ? 1 : 0);
    problem("rejected", () -> state.get().rejected().isPresent());
    problem("gone", () -> state.get().gone().isPresent());
    problem("unreadable", () -> state.get().unreadable().isPresent());
    gauge(
        "lab.config.last.reload.success.timestamp",
        "seconds",
        "Unix time in seconds at which the configuration in effect was loaded",
        () -> seconds(state.get().loaded().at()));
    gauge(
        "lab.config.last.confirmed.timestamp",
        "seconds",
        "Unix time in seconds of the last answer of the active source; 0 if it never answered",
        () -> confirmedAt.get().map(ReloadMeters::seconds).orElse(0.0));
    gauge(
        "lab.config.stale",
        null,
        "1 if the active source has not answered for three times refresh, else 0",
        () -> stale.getAsBoolean() ? 1 : 0);
    gauge(
        "lab.config.rolled.back",
        null,
        "1 if a rollback is in effect and not the content of the active source, else 0",
        () -> state.get().rollback().isPresent() ? 1 : 0);
    gauge(
        "lab.config.size",
        "bytes",
        "Size of all values in effect, in bytes",
        () -> state.get().loaded().snapshot().bytes());
  }

  private void problem(String name, BooleanSupplier present) {
    gauges.add(
        Gauge.builder("lab.config.problem", () -> present.getAsBoolean() ? 1 : 0)
            .description("1 if the active source has this problem now, else 0")
            .tag("problem", name)
            .strongReference(true)
            .register(registry));
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

  /** Needed in tests: the registry outlives an application that a test starts again. */
  void close() {
    gauges.forEach(registry::remove);
  }
}
