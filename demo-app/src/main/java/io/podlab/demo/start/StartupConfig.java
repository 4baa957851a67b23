package io.podlab.demo.start;

import io.podlab.demo.parameter.DurationSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the start. */
@ConfigMapping(prefix = "lab.demo")
public interface StartupConfig {
  /**
   * Delay before the service listens. Until then connections are refused. This also holds in the
   * image, because {@code deploy/images/init.c} does not open the port if this is set. Default 0.
   */
  @WithConverter(DurationSetting.class)
  @WithDefault("0")
  Duration startupDelay();
}
