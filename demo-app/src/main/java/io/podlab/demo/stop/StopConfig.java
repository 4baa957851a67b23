package io.podlab.demo.stop;

import io.podlab.demo.parameter.DurationSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the process ends. All of it counts in the pod's grace period, with the preStop hook. */
@ConfigMapping(prefix = "lab.demo")
public interface StopConfig {
  /**
   * How long it goes on as before after SIGTERM, but for readiness, which is 503: time for the
   * cluster to hear that this endpoint is gone, where no preStop hook gives it. Default 0.
   */
  @WithConverter(DurationSetting.class)
  @WithDefault("0")
  Duration drain();

  /**
   * How long requests in flight may then take, when no connection is accepted any more. Those that
   * take longer are lost. Default 25s.
   */
  @WithConverter(DurationSetting.class)
  @WithDefault("25s")
  Duration grace();
}
