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

  private Program tokenService(Map<String, String> environment) {
    return Program.of(project, Service.TOKEN_SERVICE, folder, environment);
  }

  @Test
  void showsHowTheAdminTokenIsGiven() {
    assertThat(tokenService(Map.of()).curlWithCredential())
        .contains(
            "curl -H \"Authorization: Bearer $(cat '/state/podlab/token-service/admin-token')\""
                + " localhost:8082/tokens");
  }

  @Test
  void findsTheAdminTokenWhereThePersonKeepsTheState() {
    assertThat(tokenService(Map.of("LAB_TOKEN_DIR", "/it's/here")).curlWithCredential())
        .contains(
            "curl -H \"Authorization: Bearer $(cat '/it'\\''s/here/admin-token')\""
                + " localhost:8082/tokens");
  }

  @Test
  void hasNoAdminTokenWhereAClusterDecides() {
    assertThat(tokenService(Map.of("LAB_TOKEN_BACKEND", "kubernetes")).curlWithCredential())
        .isEmpty();
  }

  @Test
  void keepsTokensInAFileUnlessThePersonSaysOtherwise() {
    assertThat(tokenService(Map.of()).command().environment())
        .containsEntry("LAB_TOKEN_BACKEND", "file");
    assertThat(tokenService(Map.of("LAB_TOKEN_BACKEND", "kubernetes")).command().environment())
        .doesNotContainKey("LAB_TOKEN_BACKEND");
  }

  @Test
  void theBoardShowsItsSampleWhateverClusterThePersonHas() {
    assertThat(board(Map.of("KUBECONFIG", "/home/me/.kube/config")).command().environment())
        .containsEntry("LAB_BOARD_SAMPLE", "true");
  }

  @Test
  void theBoardShowsTheRecordingThatThePersonNames() {
    assertThat(board(Map.of("LAB_BOARD_RECORDING", "/monday.json")).command().environment())
        .doesNotContainKey("LAB_BOARD_SAMPLE");
  }

  private Program board(Map<String, String> environment) {
    return Program.of(project, Service.BOARD, folder, environment);
  }

  @Test
  void noOtherServiceAsksForACredential() {
    assertThat(probeTarget(Map.of()).curlWithCredential()).isEmpty();
  }
}
