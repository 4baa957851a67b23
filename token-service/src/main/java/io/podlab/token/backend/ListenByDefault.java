package io.podlab.token.backend;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Without a cluster the service listens on 127.0.0.1, unless it is told another address. Quarkus
 * would take all, which is right in a pod: there one calls it by the pod's.
 */
public final class ListenByDefault implements ConfigSourceFactory {
  /** Above Quarkus' own defaults, below all that a person can set. */
  private static final int ORDINAL = 50;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue given = context.getValue("lab.token.backend");
    boolean kubernetes =
        given == null || given.getValue() == null || given.getValue().isBlank()
            ? Choice.of(Optional.empty()).kind() == BackendConfig.Kind.KUBERNETES
            : given.getValue().equalsIgnoreCase("kubernetes");
    return kubernetes
        ? List.of()
        : List.of(
            new PropertiesConfigSource(
                Map.of("quarkus.http.host", "127.0.0.1"), "no cluster", ORDINAL));
  }
}
