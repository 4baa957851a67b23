package io.podlab.demo.accesslog;

import io.podlab.kit.settings.BooleanSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Settings of the access log. */
@ConfigMapping(prefix = "lab.demo")
public interface AccessLogConfig {
  /** {@code false} turns the access log off. Default {@code true}. */
  @WithConverter(BooleanSetting.class)
  @WithDefault("true")
  boolean accessLog();
}
