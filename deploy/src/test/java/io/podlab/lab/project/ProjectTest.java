package io.podlab.lab.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
  private final Project project = new Project(Path.of("/podlab"), "1.0.0");

  @Test
  void startsAServiceInItsOwnFolderOnAPortOfTheLoopback() {
    // When
    Command command = project.run(Service.DEMO_APP, 8099, "-XX:+UseSerialGC");

    // Then
    assertThat(command.words())
        .endsWith(
            "-XX:+UseSerialGC", "-jar", "/podlab/demo-app/target/quarkus-app/quarkus-run.jar");
    assertThat(command.folder()).isEqualTo(Path.of("/podlab/demo-app/target/quarkus-app"));
    assertThat(command.environment())
        .containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1")
        .containsEntry("QUARKUS_HTTP_PORT", "8099");
  }

  @Test
  void anOfflineFolderHasItsOwnLayout() {
    // Given
    Project stick = new Project(Path.of("/stick"), "1.0.0", true);

    // Then
    assertThat(stick.packaged(Service.BOARD)).isEqualTo(Path.of("/stick/services/board"));
    assertThat(stick.manifests()).isEqualTo(Path.of("/stick/manifests"));
    assertThat(project.manifests()).isEqualTo(Path.of("/podlab/deploy"));
  }

  @Test
  void anOfflineFolderIsNotBuilt(@TempDir Path root) throws Exception {
    // Given
    Project stick = new Project(root, "1.0.0", true);
    Files.createDirectories(root.resolve("services/demo-app"));
    Files.createFile(root.resolve("services/demo-app/quarkus-run.jar"));

    // Then
    stick.build(Console.system(), List.of(Service.DEMO_APP));
    assertThatThrownBy(
            () -> stick.build(Console.system(), List.of(Service.DEMO_APP, Service.BOARD)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("services/board is missing");
  }

  @Test
  void takesAPathToBeRelativeToWhereThePersonIs() {
    // Given
    Map<String, String> environment =
        Map.of(
            "LAB_TOKEN_CA_FILE", "ca.crt",
            "LAB_CONFIG_DIR", "/etc/config",
            "LAB_TOKEN_DIR", "",
            "LAB_PROBE_FILES", "probes",
            "LAB_BOARD_RECORDING", "monday.json",
            "LAB_PROBE_LISTEN_TCP", "7071",
            "LAB_TERMINATION_LOG", "last-words",
            "LAB_TLS_KEY", "tls.key",
            "LAB_LOG_JSON", "true");

    // When
    Map<String, String> absolute = Project.absolutePaths(environment, Path.of("/home/me"));

    // Then
    assertThat(absolute)
        .containsOnly(
            Map.entry("LAB_TOKEN_CA_FILE", "/home/me/ca.crt"),
            Map.entry("LAB_TLS_KEY", "/home/me/tls.key"),
            Map.entry("LAB_PROBE_FILES", "/home/me/probes"),
            Map.entry("LAB_BOARD_RECORDING", "/home/me/monday.json"),
            Map.entry("LAB_TERMINATION_LOG", "/home/me/last-words"),
            Map.entry("LAB_CONFIG_DIR", "/etc/config"));
  }
}
