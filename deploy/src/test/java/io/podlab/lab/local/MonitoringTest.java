package io.podlab.lab.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podlab.lab.Failure;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringTest {
  private final Project project = new Project(Path.of("/podlab"), "1.0.0");
  private final StateFolder folder = new StateFolder(Path.of("/state/podlab"));

  @TempDir Path bin;

  private List<Program> installed(String... programs) throws Exception {
    for (String program : programs) {
      assertThat(Files.createFile(bin.resolve(program)).toFile().setExecutable(true)).isTrue();
    }
    return Monitoring.installed(project, folder, new SearchPath(List.of(bin)));
  }

  @Test
  void withoutPrometheusItSaysHowToGetIt() {
    // When
    Failure failure = catchThrowableOfType(Failure.class, () -> installed("grafana"));

    // Then
    assertThat(failure)
        .hasMessageStartingWith("prometheus is not on the PATH; install it")
        .hasMessageContaining("podman run", "/podlab/deploy/monitoring/prometheus")
        .extracting(Failure::exitCode)
        .isEqualTo(Failure.MISSING);
  }

  @Test
  void prometheusReadsPodlabsFileAndKeepsItsDataInTheStateFolder() throws Exception {
    // When
    List<Program> programs = installed("prometheus");

    // Then
    assertThat(programs)
        .singleElement()
        .satisfies(
            program -> {
              assertThat(program.readiness()).hasToString("http://127.0.0.1:9091/-/ready");
              assertThat(program.command().words())
                  .contains(
                      "--config.file=/podlab/deploy/monitoring/prometheus/laptop.yml",
                      "--storage.tsdb.path=/state/podlab/prometheus",
                      "--web.listen-address=127.0.0.1:9091");
            });
  }

  @Test
  void grafanaGetsTheDashboardsWhereItIsInstalled() throws Exception {
    // When
    Program grafana = installed("prometheus", "grafana").get(1);

    // Then
    assertThat(grafana.readiness()).hasToString("http://127.0.0.1:3000/api/health");
    assertThat(grafana.command().words().get(1)).isEqualTo("server");
    assertThat(grafana.command().environment())
        .containsEntry("GF_PATHS_PROVISIONING", "/podlab/deploy/monitoring/grafana/provisioning")
        .containsEntry("PODLAB_DASHBOARDS", "/podlab/deploy/monitoring/grafana/dashboards")
        .containsEntry("PODLAB_PROMETHEUS", "http://127.0.0.1:9091");
  }

  @Test
  void anOlderGrafanaHasAServerOfItsOwn() throws Exception {
    assertThat(installed("prometheus", "grafana-server").get(1).command().words().get(0))
        .endsWith("/grafana-server");
  }
}
