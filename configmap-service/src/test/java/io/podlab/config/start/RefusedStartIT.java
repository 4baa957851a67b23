package io.podlab.config.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.kit.testing.RefusedStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An invalid setting ends the start with exit code 1 and one line on standard error. */
class RefusedStartIT {
  @TempDir Path directory;
  private Path config;

  @BeforeEach
  void prepare() throws IOException {
    config = Files.createDirectory(directory.resolve("config"));
    Files.writeString(config.resolve("greeting"), "Hello");
  }

  @Test
  void namesTheVariableWhoseValueIsInvalid() {
    // When
    List<String> errors = refused(Map.of("LAB_LOG_JSON", "maybe"));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: LAB_LOG_JSON is invalid: 'maybe' ");
  }

  @Test
  void namesTheDirectoryThatDoesNotExist() {
    // Given
    Path given = directory.resolve("missing");

    // When
    List<String> errors = refused(Map.of("LAB_CONFIG_DIR", given.toString()));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: LAB_CONFIG_DIR is invalid: '%s'".formatted(given));
  }

  @Test
  void namesTheKeyWhoseValueIsWrong() throws IOException {
    // Given
    Files.writeString(config.resolve("color"), "not-a-color");

    // When
    List<String> errors = refused(Map.of());

    // Then
    assertThat(errors)
        .containsExactly(
            "cannot start: the source directory (%s) has no valid configuration: color is invalid:"
                    .formatted(config)
                + " 'not-a-color' is not a CSS color; use a name such as steelblue, or hex such as"
                + " #4682b4");
  }

  @Test
  void namesTheVariableThatASourceNeeds() {
    // When
    List<String> errors = refused(Map.of("LAB_CONFIG_ACTIVE", "volume"));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: LAB_CONFIG_ACTIVE is invalid: 'volume'")
        .contains("LAB_CONFIG_DIR");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "LAB_CONFIG_ACTIVE, etcd",
    "LAB_CONFIG_CONFIGMAP, Upper",
    "LAB_CONFIG_ROLLBACK, maybe",
  })
  void namesTheSettingThatIsInvalid(String variable, String value) {
    // When
    List<String> errors = refused(Map.of(variable, value));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: %s is invalid: '%s'".formatted(variable, value));
  }

  @Test
  void saysThatTheApiServerCannotBeReached() throws IOException {
    // Given
    Path kubeconfig =
        Files.writeString(
            directory.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            users: [{name: u, user: {}}]
            current-context: c
            """);

    // When
    List<String> errors =
        refused(
            Map.of("KUBECONFIG", kubeconfig.toString(), "LAB_CONFIG_CONFIGMAP", "default/demo"));

    // Then
    assertThat(errors)
        .containsExactly(
            "cannot start: the source api (default/demo) has no valid configuration: cannot reach"
                + " the API server at http://127.0.0.1:1/");
  }

  @Test
  void repeatsAnArgumentThatItDoesNotUnderstand() {
    // When
    List<String> errors = refused(Map.of(), "--greeting");

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: '--greeting' is not a valid argument; use --KEY=VALUE");
  }

  private List<String> refused(Map<String, String> environment, String... arguments) {
    Map<String, String> all = new HashMap<>(Map.of("LAB_CONFIG_DIR", config.toString()));
    all.putAll(environment);
    return RefusedStart.errors(all, arguments);
  }

  @Test
  void namesEverySettingThatWouldBecomeSomethingElse() throws Exception {
    // Given
    Map<String, String> settings =
        Map.of(
            "LAB_CONFIG_CONFIGMAP", "${X}",
            "LAB_CONFIG_ACTIVE", "${X}",
            "LAB_CONFIG_STALE", "${X:ready}",
            "LAB_CONFIG_SUBPATH_FILE", " ",
            "LAB_CONFIG_DIR", "");

    // Then
    RefusedStart.assertNamesAll(settings.keySet(), refused(settings));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LAB_CONFIG_DIR | /x/d$$y
          LAB_CONFIG_LAST_GOOD | /proc/${X}
          """)
  void takesSettingsLiterally(String variable, String value) throws Exception {
    assertThat(refused(Map.of(variable, value)))
        .singleElement()
        .asString()
        .startsWith("cannot start: " + variable)
        .contains(value);
  }
}
