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
 * The default of {@code QUARKUS_HTTP_HOST}: 0.0.0.0 in a pod with the kubernetes backend, else
 * 127.0.0.1. The default 0.0.0.0 of Quarkus is set too, because Quarkus records this value at build
 * time: without it, the default of the build machine would apply everywhere.
 */
public final class DefaultListenHost implements ConfigSourceFactory {
  /** Above the defaults of Quarkus, below every source that a user can set. */
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
            "default of the backend",
            ORDINAL));
  }
}
