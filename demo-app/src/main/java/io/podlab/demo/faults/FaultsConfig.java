package io.podlab.demo.faults;

import io.podlab.kit.settings.BooleanSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Settings of the faults. */
@ConfigMapping(prefix = "lab.demo")
public interface FaultsConfig {
  /**
   * {@code true} allows faults: every client of the port can end the process. Default {@code
   * false}.
   */
  @WithConverter(BooleanSetting.class)
  @WithDefault("false")
  boolean faults();
}
