package io.podlab.token.access;

import io.podlab.kit.settings.BooleanSetting;
import io.podlab.kit.settings.CommaSeparated;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How callers authenticate, and whether the service may listen without TLS. */
@ConfigMapping(prefix = "lab.token")
public interface AccessConfig {
  /**
   * On a cluster: the accepted audiences. A caller's token must be issued for at least one of them.
   * Default: the audiences of the API server, for which {@code kubectl create token} and the
   * kubelet issue tokens.
   */
  Optional<@WithConverter(CommaSeparated.Setting.class) CommaSeparated> audiences();

  /**
   * Without a cluster: {@code true} lets the service listen without TLS on an address that other
   * machines can reach. The admin token then crosses the network in clear text. Default {@code
   * false}.
   */
  @WithConverter(BooleanSetting.class)
  @WithDefault("false")
  boolean insecure();
}
