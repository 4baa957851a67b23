package io.podlab.config.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** Settings of the source {@code api}. */
@ConfigMapping(prefix = "lab.config")
public interface ApiConfig {
  /**
   * The ConfigMap to watch, as {@code name} or {@code namespace/name}. Without a namespace, the
   * service uses that of the pod, or that of the current context in the kubeconfig. Default: none;
   * the service does not use the API.
   */
  @WithConverter(NameConverter.class)
  Optional<ConfigMapName> configmap();

  /** Keeps the message of {@link ConfigMapName#of} when the service refuses to start. */
  final class NameConverter implements Converter<ConfigMapName> {
    private static final long serialVersionUID = 1L;

    @Override
    public ConfigMapName convert(String text) {
      return ConfigMapName.of(text);
    }
  }
}
