package io.podlab.demo.cors;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;

/** Settings of CORS. */
@ConfigMapping(prefix = "lab.demo")
public interface CorsConfig {
  /**
   * The origins whose scripts can read answers: {@code *}, or origins such as {@code
   * https://example.org}, separated by commas. Default none: a browser blocks them.
   */
  Optional<@WithConverter(AllowedOrigins.Setting.class) AllowedOrigins> cors();
}
