package io.podlab.config.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** The ConfigMap. */
@ConfigMapping(prefix = "lab.config")
public interface ApiConfig {
  /**
   * The one ConfigMap to watch, as {@code name} in the namespace of the pod or of the kubeconfig's
   * context, or as {@code namespace/name}. Default: none, and the API is not used.
   */
  @WithConverter(NameConverter.class)
  Optional<ConfigMapName> configmap();

  /** So that a refusal keeps its words. */
  final class NameConverter implements Converter<ConfigMapName> {
    private static final long serialVersionUID = 1L;

    @Override
    public ConfigMapName convert(String text) {
      return ConfigMapName.of(text);
    }
  }
}
