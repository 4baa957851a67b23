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
 * One line on standard error, exit code 1: what {@code kubectl logs} shows of a wrong setting. Unit
 * tests say which settings are wrong; here each kind is found at the start.
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
  void namesTheVariableWhoseValueMakesNoSense(String variable, String value) {
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
  void namesTheCaFileThatIsNoCertificate() {
    // When
    List<String> errors = refused(Map.of("LAB_TOKEN_CA_FILE", file.toString()));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith(
            "cannot start: LAB_TOKEN_CA_FILE=%s is invalid: it is not PEM; expected certificates as PEM"
                .formatted(file));
  }

  /** No one can write there, root included. */
  @Test
  void namesTheStateDirectoryThatCannotBeWritten() {
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
  void repeatsAnArgumentThatItDoesNotKnow() {
    // When
    List<String> errors = refused(Map.of(), "serve");

    // Then
    assertThat(errors).containsExactly("cannot start: takes no arguments, but got: serve");
  }

  @Test
  void namesTheAddressOnWhichOthersCouldReadTheAdminToken() {
    // When
    List<String> errors = refused(Map.of("QUARKUS_HTTP_HOST", "0.0.0.0"));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: QUARKUS_HTTP_HOST=\"0.0.0.0\" would let others read the admin")
        .contains("LAB_TOKEN_INSECURE=true");
  }

  @Test
  void namesTheAdminTokenThatIsNone() throws IOException {
    // Given
    Files.createDirectories(state);
    Path token = Files.writeString(state.resolve("admin-token"), "hunter2");

    // When
    List<String> errors = refused(Map.of());

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: %s does not hold an admin token".formatted(token))
        .doesNotContain("hunter2");
  }

  private List<String> refused(Map<String, String> environment, String... arguments) {
    Map<String, String> all = new HashMap<>(Map.of("LAB_TOKEN_DIR", state.toString()));
    all.putAll(environment);
    return RefusedStart.errors(all, arguments);
  }

  @Test
  void namesEverySettingThatWouldBecomeSomethingElse() throws Exception {
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
  void takesSettingsLiterally(String variable, String value) throws Exception {
    assertThat(refused(Map.of(variable, value)))
        .singleElement()
        .asString()
        .startsWith("cannot start: " + variable)
        .contains(value.isEmpty() ? " is empty" : value);
  }
}
