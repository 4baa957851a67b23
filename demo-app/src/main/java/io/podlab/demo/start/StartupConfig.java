package io.podlab.demo.start;

import io.podlab.demo.parameter.DurationSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How slowly the service starts. */
@ConfigMapping(prefix = "lab.demo")
public interface StartupConfig {
  /**
   * How much later it listens; until then connections are refused, in the image too: {@code
   * deploy/images/init.c} leaves the port alone if this is set. Default 0.
   */
  @WithConverter(DurationSetting.class)
  @WithDefault("0")
  Duration startupDelay();
}
