package io.podlab.demo.health;

import io.podlab.demo.parameter.DurationSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.time.Duration;
import java.util.Optional;

/** What the demo's own probes answer. */
@ConfigMapping(prefix = "lab.demo")
public interface HealthConfig {
  /**
   * How long after the start {@code /healthz} begins to fail, so that a liveness probe restarts the
   * container. Left out, it never does. The service's own {@code /q/health/live} stays as it is.
   */
  @WithConverter(DurationSetting.class)
  Optional<Duration> healthzFailAfter();
}
