package io.podlab.demo.prefix;

import io.podlab.kit.http.PathPrefix;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;

/** Settings of the path prefix. */
@ConfigMapping(prefix = "lab.demo")
public interface PrefixConfig {
  /**
   * The prefix, such as {@code /demo}: {@code /demo/echo} is then the same as {@code /echo}. Paths
   * without the prefix still work, for probes and scrapes. Default none.
   */
  Optional<@WithConverter(PathPrefix.Setting.class) PathPrefix> prefix();
}
