package io.podlab.demo.health;

import io.podlab.demo.parameter.DurationSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.time.Duration;
import java.util.Optional;

/** Settings of {@code /healthz}. */
@ConfigMapping(prefix = "lab.demo")
public interface HealthConfig {
  /**
   * Time after the start at which {@code /healthz} begins to fail, so that a liveness probe
   * restarts the container. Default: never. The service's own {@code /q/health/live} is not
   * affected.
   */
  @WithConverter(DurationSetting.class)
  Optional<Duration> healthzFailAfter();
}
