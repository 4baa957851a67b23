package io.podlab.demo.health;

import jakarta.inject.Singleton;

/** What probes are told at the moment, for who is none. */
@Singleton
public final class Probes {
  private final HealthzResource healthz;
  private final Readiness readiness;

  Probes(HealthzResource healthz, Readiness readiness) {
    this.healthz = healthz;
    this.readiness = readiness;
  }

  public ProbeAnswer healthz() {
    return ProbeAnswer.of(healthz.reason());
  }

  public ProbeAnswer readyz() {
    return ProbeAnswer.of(readiness.reason());
  }
}
