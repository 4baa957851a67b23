package io.podlab.demo.accesslog;

import io.podlab.kit.settings.BooleanSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Whether requests are logged. */
@ConfigMapping(prefix = "lab.demo")
public interface AccessLogConfig {
  /** {@code false}: no line for any request. Default {@code true}. */
  @WithConverter(BooleanSetting.class)
  @WithDefault("true")
  boolean accessLog();
}
