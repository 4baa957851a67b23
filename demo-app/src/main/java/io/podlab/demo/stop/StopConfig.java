package io.podlab.demo.stop;

import io.podlab.demo.parameter.DurationSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * Settings of the stop. The sum of both times and of the preStop hook must fit into the pod's grace
 * period.
 */
@ConfigMapping(prefix = "lab.demo")
public interface StopConfig {
  /**
   * Time after SIGTERM in which the service still accepts connections, while readiness is 503. It
   * lets the cluster remove the endpoint if no preStop hook does. Default 0.
   */
  @WithConverter(DurationSetting.class)
  @WithDefault("0")
  Duration drain();

  /**
   * Time limit for requests in flight after that, while new connections are refused. Longer
   * requests are lost. Default 25s.
   */
  @WithConverter(DurationSetting.class)
  @WithDefault("25s")
  Duration grace();
}
