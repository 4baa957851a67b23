package io.podlab.lab.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import io.podlab.lab.project.Port;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void keepsTheFileOfThePostStartHookInTheStateFolder() {
    assertThat(Program.of(project, Service.DEMO_APP, folder, Map.of()).command().environment())
        .containsEntry("LAB_DEMO_MARKER", "/state/podlab/demo-app-message");
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

  @Test
  void givesEachServiceItsOwnPortForHttps() {
    // When
    List<Program> programs =
        Arrays.stream(Service.values())
            .map(service -> Program.of(project, service, folder, Map.of("LAB_TLS", "self-signed")))
            .toList();

    // Then
    assertThat(programs)
        .extracting(program -> program.command().environment().get("LAB_TLS_PORT"))
        .containsExactly("8443", "8444", "8445", "8446", "8447");
    assertThat(programs.get(1).addresses())
        .isEqualTo("http://localhost:8081, https://localhost:8444");
    assertThat(programs.get(0).otherPorts()).extracting(Port::number).containsExactly(8443);
    assertThat(programs.get(1).otherPorts())
        .extracting(Port::number)
        .containsExactly(9090, 7070, 9443, 8444);
  }

  @Test
  void refusesAPortForHttpsThatLeavesTooFewForTheOtherServices() {
    assertThat(probeTarget(Map.of("LAB_TLS", "self-signed", "LAB_TLS_PORT", "65531")).otherPorts())
        .extracting(Port::number)
        .contains(65_532);
    assertThatThrownBy(() -> probeTarget(Map.of("LAB_TLS", "self-signed", "LAB_TLS_PORT", "65532")))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("LAB_TLS_PORT is invalid: '65532' is too high; use at most 65531");
  }

  @Test
  void startsAtThePortForHttpsThatThePersonHasChosen() {
    assertThat(
            probeTarget(Map.of("LAB_TLS_CERTIFICATE", "/tls.crt", "LAB_TLS_PORT", "9443"))
                .command()
                .environment())
        .containsEntry("LAB_TLS_PORT", "9444");
  }

  @Test
  void hasNoPortForHttpsWithoutTls() {
    // When
    Program program = probeTarget(Map.of());

    // Then
    assertThat(program.command().environment()).doesNotContainKey("LAB_TLS_PORT");
    assertThat(program.addresses()).isEqualTo("http://localhost:8081");
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

  /** The service refuses it. */
  @ParameterizedTest
  @CsvSource({
    "TOKEN_SERVICE, LAB_TOKEN_BACKEND",
    "DEMO_APP, LAB_DEMO_MARKER",
    "PROBE_TARGET, LAB_PROBE_FILES",
    "BOARD, LAB_BOARD_RECORDING",
  })
  void doesNotTakeAnEmptySettingForNone(Service service, String variable) {
    // When
    Program program = Program.of(project, service, folder, Map.of(variable, ""));

    // Then
    assertThat(program.command().environment()).doesNotContainKeys(variable, "LAB_BOARD_SAMPLE");
  }

  @Test
  void theBoardIsToldWhatToShowByItsCommandAlone() {
    // When
    Program board = LocalBoard.program(project, 8084, Map.of("LAB_BOARD_NAMESPACES", "shop"));

    // Then
    assertThat(board.command().environment()).containsEntry("LAB_BOARD_NAMESPACES", "shop");
    assertThat(board.command().unset())
        .containsExactlyInAnyOrder(
            "LAB_BOARD_CONTEXT",
            "LAB_BOARD_NAMESPACES",
            "LAB_BOARD_RECORDING",
            "LAB_BOARD_SAMPLE",
            "LAB_TLS",
            "LAB_TLS_CERTIFICATE",
            "LAB_TLS_KEY",
            "LAB_TLS_PORT");
  }

  @Test
  void theBoardShowsItsSampleWhateverClusterThePersonHas() {
    // When
    Command command = board(Map.of("KUBECONFIG", "/home/me/.kube/config")).command();

    // Then
    assertThat(command.environment()).containsEntry("LAB_BOARD_SAMPLE", "true");
    assertThat(command.unset())
        .containsExactlyInAnyOrder("LAB_BOARD_CONTEXT", "LAB_BOARD_NAMESPACES");
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
