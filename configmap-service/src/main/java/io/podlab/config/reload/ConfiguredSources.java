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

/** The sources that are configured, and which of them is in effect. */
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
    boolean exampleServes =
        api.configmap().isEmpty()
            && config.active().filter(one -> one != SourceName.DIRECTORY).isEmpty();
    directory
        .dir()
        .map(ConfiguredSources::existing)
        .or(() -> exampleServes ? Optional.of(example()) : Optional.empty())
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
          "LAB_CONFIG_DIR=%s is invalid: there is no such directory".formatted(given));
    }
    return given;
  }

  private static Path example() {
    return ExampleDirectory.prepared(StateDirectory.of("configmap-service").resolve("config"));
  }

  /** The last one, the API if there is one, unless another is named. */
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
                    "LAB_CONFIG_ACTIVE=%s is invalid: %s".formatted(wanted, whyThereIsNo(wanted))));
  }

  private static String whyThereIsNo(SourceName source) {
    return switch (source) {
      case API -> "LAB_CONFIG_CONFIGMAP does not say which ConfigMap";
      case SUBPATH -> "LAB_CONFIG_SUBPATH_FILE does not say which file";
      case VOLUME -> "LAB_CONFIG_DIR is not a mounted ConfigMap, which has ..data in it";
      case DIRECTORY -> "LAB_CONFIG_DIR is a mounted ConfigMap, for which the word is volume";
      case ARGUMENTS, ENVIRONMENT -> throw new IllegalStateException("these are always there");
    };
  }

  /** In the order in which they are shown. */
  List<Source> all() {
    return all;
  }

  Source active() {
    return active;
  }
}
