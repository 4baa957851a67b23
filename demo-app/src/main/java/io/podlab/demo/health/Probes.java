package io.podlab.demo.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;

/** The current answers of both probes, for the page and the metrics. */
@Startup
@Singleton
public final class Probes {
  private final HealthzResource healthz;
  private final Readiness readiness;

  @Inject
  Probes(HealthzResource healthz, Readiness readiness, MeterRegistry meters) {
    this.healthz = healthz;
    this.readiness = readiness;
    gauge("liveness", healthz::reason, meters);
    gauge("readiness", readiness::reason, meters);
  }

  private static void gauge(
      String probe, Supplier<Optional<String>> failure, MeterRegistry meters) {
    Gauge.builder("lab.demo.probe.ok", () -> failure.get().isEmpty() ? 1 : 0)
        .description("1 while the probe succeeds, 0 while it fails")
        .tag("probe", probe)
        .strongReference(true)
        .register(meters);
  }

  public ProbeAnswer healthz() {
    return ProbeAnswer.of(healthz.reason());
  }

  public ProbeAnswer readyz() {
    return ProbeAnswer.of(readiness.reason());
  }
}
