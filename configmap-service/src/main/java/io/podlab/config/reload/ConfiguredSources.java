package io.podlab.config.reload;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podlab.config.api.ApiConfig;
import io.podlab.config.api.ConfigMapWatch;
import io.podlab.config.directory.ConfigDirectory;
import io.podlab.config.directory.DirectoryConfig;
import io.podlab.config.directory.ExampleDirectory;
import io.podlab.config.environment.FixedSource;
import io.podlab.config.file.FileConfig;
import io.podlab.config.file.SubPathFile;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import io.podlab.kit.state.StateDirectory;
import io.quarkus.runtime.annotations.CommandLineArguments;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates the configured sources and selects the active one. */
@Singleton
final class ConfiguredSources {
  private final List<Source> all = new ArrayList<>();
  private final Source active;

  ConfiguredSources(
      ReloadConfig config,
      DirectoryConfig directory,
      FileConfig file,
      ApiConfig api,
      Instance<KubernetesClient> client,
      @CommandLineArguments String[] arguments,
      Clock clock) {
    all.add(FixedSource.arguments(arguments, clock));
    all.add(FixedSource.environment(System.getenv(), clock));
    file.subpathFile().ifPresent(path -> all.add(new SubPathFile(path, clock)));
    boolean usesExample =
        api.configmap().isEmpty()
            && config.active().filter(one -> one != SourceName.DIRECTORY).isEmpty();
    directory
        .dir()
        .map(ConfiguredSources::existing)
        .or(() -> usesExample ? Optional.of(example()) : Optional.empty())
        .ifPresent(path -> all.add(new ConfigDirectory(path, clock)));
    Optional<ConfigMapWatch> watch =
        api.configmap().map(name -> new ConfigMapWatch(client.get(), name, clock));
    watch.ifPresent(all::add);
    this.active = active(config);
    watch.ifPresent(ConfigMapWatch::start);
    watch.filter(one -> one == active).ifPresent(ConfigMapWatch::awaitFirst);
  }

  private static Path existing(Path given) {
    if (!Files.isDirectory(given)) {
      throw new ConfigurationException(
          "LAB_CONFIG_DIR is invalid: '%s' is not a directory; use the path of an existing directory"
              .formatted(given));
    }
    return given;
  }

  private static Path example() {
    return ExampleDirectory.prepared(StateDirectory.of("configmap-service").resolve("config"));
  }

  /** The named source. By default the API if it is configured, otherwise the directory. */
  private Source active(ReloadConfig config) {
    if (config.active().isEmpty()) {
      return all.get(all.size() - 1);
    }
    SourceName wanted = config.active().get();
    return all.stream()
        .filter(source -> source.name() == wanted)
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "LAB_CONFIG_ACTIVE is invalid: '%s' %s".formatted(wanted, whyMissing(wanted))));
  }

  private static String whyMissing(SourceName source) {
    return switch (source) {
      case API -> "needs LAB_CONFIG_CONFIGMAP; set it to NAME or NAMESPACE/NAME";
      case SUBPATH -> "needs LAB_CONFIG_SUBPATH_FILE; set it to the path of a file";
      case VOLUME ->
          "needs a mounted ConfigMap (with ..data) in LAB_CONFIG_DIR; for a plain directory, set LAB_CONFIG_ACTIVE=directory";
      case DIRECTORY ->
          "needs a plain directory in LAB_CONFIG_DIR; for a mounted ConfigMap, set LAB_CONFIG_ACTIVE=volume";
      case ARGUMENTS, ENVIRONMENT -> throw new IllegalStateException("these sources always exist");
    };
  }

  /** All sources, in the order of the columns of {@code /sources}. */
  List<Source> all() {
    return all;
  }

  Source active() {
    return active;
  }
}
