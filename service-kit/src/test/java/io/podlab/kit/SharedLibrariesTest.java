package io.podlab.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The libraries that all images share: {@code target/libraries}. */
class SharedLibrariesTest {
  @Test
  void theSharedLibrariesDoNotContainWhatQuarkusRemoves() throws Exception {
    // Given
    Properties defaults = new Properties();
    try (Reader reader =
        Files.newBufferedReader(
            Path.of("src/main/resources/META-INF/microprofile-config.properties"))) {
      defaults.load(reader);
    }
    String excluded =
        Files.readString(Path.of("pom.xml"))
            .replaceAll("(?s).*<excludeArtifactIds>|</excludeArtifactIds>.*", "");

    // Then
    assertThat(excluded.split(",\\s*"))
        .contains(
            defaults
                .getProperty("quarkus.class-loading.removed-artifacts")
                .replaceAll("[^,]*:", "")
                .split(","));
  }
}
