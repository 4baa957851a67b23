package io.podlab.config;

import io.podlab.config.directory.MountedConfigMap;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A ConfigMap mounted below {@code target}, for the service under test and for its tests. */
public final class MountedDirectory implements QuarkusTestResourceLifecycleManager {
  private Path directory;
  private MountedConfigMap configMap;

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "config-");
      configMap = new MountedConfigMap(directory);
      configMap.publish(Map.of("color", "red"));
      return Map.of("lab.config.dir", directory.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(configMap, new TestInjector.MatchesType(MountedConfigMap.class));
    injector.injectIntoFields(directory, new TestInjector.MatchesType(Path.class));
  }

  @Override
  public void stop() {}
}
