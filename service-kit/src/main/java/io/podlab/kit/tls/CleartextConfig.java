package io.podlab.kit.tls;

import io.podlab.kit.settings.BooleanSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** The setting of HTTP/2 without TLS. */
@ConfigMapping(prefix = "lab.h2c")
public interface CleartextConfig {
  /** {@code true} accepts HTTP/2 on the HTTP port, too. */
  @WithParentName
  @WithDefault("false")
  @WithConverter(BooleanSetting.class)
  boolean http2();
}
