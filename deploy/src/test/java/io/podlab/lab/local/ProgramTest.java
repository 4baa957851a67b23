package io.podlab.lab.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.project.Port;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private final Project project = new Project(Path.of("/podlab"), "1.0.0");
  private final StateFolder folder = new StateFolder(Path.of("/state/podlab"));

  private Program probeTarget(Map<String, String> environment) {
    return Program.of(project, Service.PROBE_TARGET, folder, environment);
  }

  @Test
  void keepsTheFilesForExecProbesInTheStateFolder() {
    assertThat(probeTarget(Map.of()).command().environment())
        .containsEntry("LAB_PROBE_FILES", "/state/podlab/probe-target");
  }

  @Test
  void leavesTheFilesWhereThePersonWantsThem() {
    assertThat(probeTarget(Map.of("LAB_PROBE_FILES", "/elsewhere")).command().environment())
        .doesNotContainEntry("LAB_PROBE_FILES", "/state/podlab/probe-target");
  }

  @Test
  void knowsThePortsThatThePersonHasChosen() {
    // When
    Program program = probeTarget(Map.of("LAB_PROBE_LISTEN_GRPC", "9091"));

    // Then
    assertThat(program.otherPorts()).extracting(Port::number).containsExactly(9091, 7070);
  }
}
