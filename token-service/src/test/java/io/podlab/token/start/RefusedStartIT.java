package io.podlab.token.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.kit.testing.PackagedService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/** One line on standard error, exit code 1: what {@code kubectl logs} shows of a wrong setting. */
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
    "LAB_LOG_JSON, maybe",
    "QUARKUS_HTTP_PORT, x",
    "LAB_TOKEN_MAX_TTL, 0",
    "LAB_TOKEN_MAX_TTL, 1d",
    "LAB_TOKEN_ALLOW_FOREVER, yes",
    "LAB_TOKEN_MAX_CREATES, 0",
    "LAB_TOKEN_MAX_CREATES, many",
    "LAB_TOKEN_ENDPOINT, 10.0.0.1",
  })
  void namesTheVariableWhoseValueMakesNoSense(String variable, String value) {
    // When
    List<String> errors = refused(Map.of(variable, value));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: %s=\"%s\" makes no sense: ".formatted(variable, value));
  }

  @Test
  void namesThePortThatIsInUse() throws IOException {
    // Given
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = other.getLocalPort();

      // When
      List<String> errors = refused(Map.of("QUARKUS_HTTP_PORT", Integer.toString(port)));

      // Then
      assertThat(errors)
          .containsExactly(
              "cannot start: port %d of 127.0.0.1 is in use; free it, or choose another with QUARKUS_HTTP_PORT"
                  .formatted(port));
    }
  }

  @Test
  void namesTheCaFileThatIsMissing() {
    // Given
    Path missing = directory.resolve("missing");

    // When
    List<String> errors = refused(Map.of("LAB_TOKEN_CA_FILE", missing.toString()));

    // Then
    assertThat(errors)
        .containsExactly(
            "cannot start: LAB_TOKEN_CA_FILE=%s makes no sense: there is no such file"
                .formatted(missing));
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
            "cannot start: LAB_TOKEN_CA_FILE=%s makes no sense: it holds no X.509 certificate"
                .formatted(file));
  }

  @Test
  void namesTheStateDirectoryThatIsAFile() {
    // When
    List<String> errors = refused(Map.of("LAB_TOKEN_DIR", file.toString()));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: ")
        .contains("kept in " + file, "LAB_TOKEN_DIR");
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
  void namesTheStateDirectoryThatAnotherProcessUses() {
    // Given
    try (PackagedService first = PackagedService.start(Map.of("LAB_TOKEN_DIR", state.toString()))) {

      // When
      List<String> errors = refused(Map.of());

      // Then
      assertThat(first.uri("/")).isNotNull();
      assertThat(errors)
          .containsExactly(
              "cannot start: another process keeps its tokens in %s; stop it, or set LAB_TOKEN_DIR to another directory"
                  .formatted(state));
    }
  }

  @Test
  void namesTheDamagedLineButNotItsSecret() throws IOException {
    // Given
    Files.createDirectories(state);
    Path tokens = Files.writeString(state.resolve("tokens.jsonl"), "abcdef.0123456789abcdef");

    // When
    List<String> errors = refused(Map.of());

    // Then
    assertThat(errors)
        .containsExactly(
            "cannot start: %s, line 1 is no token; repair the file or move it away, it has not been touched"
                .formatted(tokens));
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
  void namesTheBackendsThatThereAre() {
    // When
    List<String> errors = refused(Map.of("LAB_TOKEN_BACKEND", "etcd"));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: LAB_TOKEN_BACKEND=\"etcd\" makes no sense: ")
        .contains("kubernetes", "file");
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
        .startsWith("cannot start: %s holds no admin token".formatted(token))
        .doesNotContain("hunter2");
  }

  private List<String> refused(Map<String, String> environment, String... arguments) {
    Map<String, String> all = new HashMap<>(Map.of("LAB_TOKEN_DIR", state.toString()));
    all.putAll(environment);
    try (PackagedService service = PackagedService.launch(all, arguments)) {
      assertThat(service.exitCode()).isEqualTo(1);
      return service.errors();
    }
  }
}
