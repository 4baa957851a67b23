package io.podlab.kit.version;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The metric {@code lab_build_info}. */
@Singleton
final class BuildInfo implements MeterBinder {
  private final String version;

  @Inject
  BuildInfo(@ConfigProperty(name = "quarkus.application.version") String version) {
    this.version = version;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("lab.build.info", () -> 1)
        .description("Always 1; the label version is the version of the service")
        .tag("version", version)
        .strongReference(true)
        .register(registry);
  }
}
