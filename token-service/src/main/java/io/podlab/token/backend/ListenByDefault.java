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
 * In a pod whose cluster decides on access, the service listens on all addresses, anywhere else on
 * 127.0.0.1, unless it is told another. The former is Quarkus' own default, and said all the same:
 * what holds where the service is built would become its default everywhere.
 */
public final class ListenByDefault implements ConfigSourceFactory {
  /** Above Quarkus' own defaults, below all that a person can set. */
  private static final int ORDINAL = 50;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue given = context.getValue("lab.token.backend");
    boolean kubernetes =
        given == null || given.getValue() == null || given.getValue().isBlank()
            ? BackendChoice.of(Optional.empty()).kind() == BackendConfig.Kind.KUBERNETES
            : given.getValue().strip().equalsIgnoreCase(BackendConfig.Kind.KUBERNETES.name());
    return List.of(
        new PropertiesConfigSource(
            Map.of(
                "quarkus.http.host",
                kubernetes && BackendChoice.inAPod() ? "0.0.0.0" : "127.0.0.1"),
            "where tokens are kept",
            ORDINAL));
  }
}
