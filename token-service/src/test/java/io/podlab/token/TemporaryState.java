package io.podlab.token;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Gives the service under test a new state directory below {@code target}. */
public final class TemporaryState implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    try {
      Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "state-");
      return Map.of(
          "lab.token.dir",
          directory.toString(),
          "lab.token.backend",
          "file",
          "lab.token.endpoint",
          "10.1.2.3:6443");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {}
}
