package io.podlab.token.access;

import io.podlab.kit.settings.BooleanSetting;
import io.podlab.kit.settings.CommaSeparated;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How callers are known, and what may be left open. */
@ConfigMapping(prefix = "lab.token")
public interface AccessConfig {
  /**
   * On a cluster: the audiences, one of which a caller's token must be made for. Without it, those
   * of the API server, for which {@code kubectl create token} and a pod's own token are made.
   */
  Optional<@WithConverter(CommaSeparated.Setting.class) CommaSeparated> audiences();

  /**
   * Without a cluster: {@code true} lets the service listen without TLS on an address that others
   * reach, and with it the admin token travel in the clear. Default {@code false}.
   */
  @WithConverter(BooleanSetting.class)
  @WithDefault("false")
  boolean insecure();
}
