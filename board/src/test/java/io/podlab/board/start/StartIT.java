package io.podlab.board.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import io.podlab.kit.testing.RefusedStart;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the board starts, and how it reports invalid settings: in one line, with exit code 1. */
class StartIT {
  /** No program listens on port 1. */
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: lab
      contexts:
        - name: lab
          context: {cluster: lab, user: lab, namespace: shop}
      clusters:
        - name: lab
          cluster: {server: "https://127.0.0.1:1"}
      users:
        - name: lab
          user: {token: expired}
      """;

  @TempDir Path directory;

  private String kubeconfig() throws IOException {
    return Files.writeString(directory.resolve("kubeconfig"), KUBECONFIG).toString();
  }

  private static List<String> refused(Map<String, String> environment) {
    return RefusedStart.errors(environment);
  }

  @Test
  void showsTheSampleWithoutACluster() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of())) {
      assertThat(service.get("/recording.json").body()).contains("\"title\":\"Sample");
    }
  }

  /** Without JIT compilation, the start is slow enough for SIGTERM to arrive during it. */
  @Test
  void sigtermEndsTheStartImmediately() throws Exception {
    // Given
    Path classes = directory.resolve("classes");
    try (PackagedService service =
        PackagedService.launch(
            Map.of("JAVA_TOOL_OPTIONS", "-Xint -Xlog:class+load:file=" + classes))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  Files.exists(classes)
                      && Files.readString(classes).contains(" io.quarkus.runner.ApplicationImpl "));

      // When
      service.terminate();

      // Then
      assertThat(service.exitCode(Duration.ofSeconds(5))).isEqualTo(143);
      assertThat(service.errors()).anyMatch(line -> line.startsWith("cannot start: SIGTERM"));
    }
  }

  @Test
  void waitsForAnUnreachableApiServerAndReportsIt() throws Exception {
    try (PackagedService service = PackagedService.launch(Map.of("KUBECONFIG", kubeconfig()))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(service.get("/moments").body())
                      .contains("blind", "cannot reach the API server at https://127.0.0.1:1"));
      assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(503);
      assertThat(service.get("/q/health/ready").body())
          .contains("\"why\"", "namespace shop", "https://127.0.0.1:1");
      assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesAnUnknownContext() throws IOException {
    // When
    List<String> errors = refused(Map.of("KUBECONFIG", kubeconfig(), "LAB_BOARD_CONTEXT", "other"));

    // Then
    assertThat(errors)
        .containsExactly(
            "cannot start: LAB_BOARD_CONTEXT is invalid: 'other' is not a context of the kubeconfig; use lab");
  }

  @Test
  void refusesAnInvalidNamespace() throws IOException {
    // When
    List<String> errors =
        refused(Map.of("KUBECONFIG", kubeconfig(), "LAB_BOARD_NAMESPACES", "shop,Not_One"));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: LAB_BOARD_NAMESPACES is invalid: 'Not_One' is not");
  }

  @Test
  void refusesAFileThatIsNotARecording() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("page.html"), "<html>");

    // When
    List<String> errors = refused(Map.of("LAB_BOARD_RECORDING", file.toString()));

    // Then
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: LAB_BOARD_RECORDING is invalid: '" + file + "' ");
  }

  @Test
  void refusesALargeRecording() throws IOException {
    // Given
    Path file = directory.resolve("large.json");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(150_000_000);
    }

    // When
    List<String> errors = refused(Map.of("LAB_BOARD_RECORDING", file.toString()));

    // Then
    assertThat(errors).singleElement().asString().contains("150 MB", "100 MB");
  }

  @ParameterizedTest
  @CsvSource({
    "LAB_BOARD_CONTEXT, lab, LAB_BOARD_RECORDING, /monday.json",
    "LAB_BOARD_NAMESPACES, shop, LAB_BOARD_RECORDING, /monday.json",
    "LAB_BOARD_CONTEXT, lab, LAB_BOARD_SAMPLE, true",
    "LAB_BOARD_NAMESPACES, shop, LAB_BOARD_SAMPLE, true",
  })
  void refusesASettingWithoutEffect(String variable, String value, String shown, String what)
      throws IOException {
    assertThat(refused(Map.of("KUBECONFIG", kubeconfig(), variable, value, shown, what)))
        .containsExactly(
            "cannot start: %s has no effect with %s; unset one of them".formatted(variable, shown));
  }

  @Test
  void namesEveryInvalidSetting() throws Exception {
    // Given
    Map<String, String> settings =
        Map.of(
            "LAB_BOARD_NAMESPACES", ",",
            "LAB_BOARD_SAMPLE", "maybe",
            "LAB_BOARD_INSIDE", "$$",
            "LAB_BOARD_RECORDING", "",
            "LAB_BOARD_CONTEXT", " ");

    // Then
    RefusedStart.assertNamesAll(settings.keySet(), refused(settings));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LAB_BOARD_NAMESPACES | sh\\op
          LAB_BOARD_CONTEXT | ${X:lab}
          """)
  void takesSettingsLiterally(String variable, String value) throws Exception {
    assertThat(refused(Map.of("KUBECONFIG", kubeconfig(), variable, value)))
        .singleElement()
        .asString()
        .startsWith("cannot start: " + variable)
        .contains(value);
  }
}
