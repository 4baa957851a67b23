package io.podlab.token.start;

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

/**
 * An invalid setting ends the start with exit code 1 and one line on standard error, which {@code
 * kubectl logs} shows. Unit tests cover all invalid values; this test covers one of each kind.
 */
class RefusedStartIT {
  @TempDir Path directory;
  private Path file;
  private Path state;

  @BeforeEach
  void prepare() throws IOException {
    file = Files.writeString(directory.resolve("file"), "garbage");
    state = directory.resolve("state");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "LAB_TOKEN_MAX_TTL, 1d",
    "LAB_TOKEN_MAX_CREATES, 0",
    "LAB_TOKEN_MAX_CREATES, many",
    "LAB_TOKEN_ENDPOINT, 10.0.0.1",
    "LAB_TOKEN_BACKEND, etcd",
  })
  void namesTheInvalidVariable(String variable, String value) {
    // When
    List<String> errors = refused(Map.of(variable, value));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: " + variable)
        .contains(" is invalid: ", value);
  }

  @Test
  void namesAnInvalidCaFile() {
    // When
    List<String> errors = refused(Map.of("LAB_TOKEN_CA_FILE", file.toString()));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: LAB_TOKEN_CA_FILE is invalid: '%s' ".formatted(file))
        .contains("PEM");
  }

  /** Nobody can write to /proc, not even root. */
  @Test
  void namesAStateDirectoryThatIsNotWritable() {
    // When
    List<String> errors = refused(Map.of("LAB_TOKEN_DIR", "/proc/podlab"));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: ")
        .contains("/proc/podlab", "LAB_TOKEN_DIR");
  }

  @Test
  void namesAnUnexpectedArgument() {
    // When
    List<String> errors = refused(Map.of(), "serve");

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: 'serve' is not a valid argument");
  }

  @Test
  void namesAnUnsafeListenAddress() {
    // When
    List<String> errors = refused(Map.of("QUARKUS_HTTP_HOST", "0.0.0.0"));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: QUARKUS_HTTP_HOST is invalid: '0.0.0.0' ")
        .contains("LAB_TOKEN_INSECURE=true");
  }

  @Test
  void namesAnInvalidAdminToken() throws IOException {
    // Given
    Files.createDirectories(state);
    Path token = Files.writeString(state.resolve("admin-token"), "hunter2");

    // When
    List<String> errors = refused(Map.of());

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: %s does not contain an admin token".formatted(token))
        .doesNotContain("hunter2");
  }

  private List<String> refused(Map<String, String> environment, String... arguments) {
    Map<String, String> all = new HashMap<>(Map.of("LAB_TOKEN_DIR", state.toString()));
    all.putAll(environment);
    return RefusedStart.errors(all, arguments);
  }

  @Test
  void namesEverySettingThatWouldBeMisread() throws Exception {
    // Given
    Map<String, String> settings =
        Map.of(
            "LAB_TOKEN_AUDIENCES", ",",
            "LAB_TOKEN_INSECURE", "yes",
            "LAB_TOKEN_MAX_CREATES", "${a::b}",
            "LAB_TOKEN_BACKEND", "${X:file}",
            "LAB_TOKEN_MAX_TTL", "",
            "LAB_TOKEN_CA_FILE", " ");

    // Then
    RefusedStart.assertNamesAll(settings.keySet(), refused(settings));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LAB_TOKEN_MAX_TTL | ${MAX_TTL}
          LAB_TOKEN_CA_FILE | /x/ca${y.crt
          LAB_TOKEN_ENDPOINT | ${X:10.0.0.1:6443}
          LAB_TOKEN_BACKEND | ''
          """)
  void readsSettingsLiterally(String variable, String value) throws Exception {
    assertThat(refused(Map.of(variable, value)))
        .singleElement()
        .asString()
        .startsWith("cannot start: " + variable)
        .contains(value.isEmpty() ? " is empty" : value);
  }
}
