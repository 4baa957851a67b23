package io.podlab.lab.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import io.podlab.lab.project.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::1"})
  void aPortIsTakenWhenSomebodyListensOn(String address) throws Exception {
    // Given
    assumeThat(InetAddress.getByName(address)).matches(PortsTest::isOfThisMachine);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      // When
      boolean taken = Ports.isTaken(socket.getLocalPort());

      // Then
      assertThat(taken).isTrue();
    }
  }

  @Test
  void aPortWithConnectionsOfTheRunBeforeIsFree() throws Exception {
    // Given
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      var client = new Socket(InetAddress.getLoopbackAddress(), port);
      // The side that closes first keeps the port in TIME_WAIT.
      server.accept().close();
      client.close();
    }

    // When
    boolean taken = Ports.isTaken(port);

    // Then
    assertThat(taken).isFalse();
  }

  @Test
  void eachPortThatIsTakenIsNamedBeforeAnythingIsStarted() throws Exception {
    // Given
    try (ServerSocket http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket grpc = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Program program =
          new Program(
              "probe-target",
              http.getLocalPort(),
              List.of(
                  new Port("grpc", grpc.getLocalPort(), "LAB_PROBE_LISTEN_GRPC"),
                  new Port("tcp", FakeService.freePort(), "LAB_PROBE_LISTEN_TCP")),
              "/",
              Program.READINESS,
              Optional.empty(),
              Command.of("true"));

      // When
      Failure failure =
          catchThrowableOfType(Failure.class, () -> Ports.requireFree(List.of(program)));

      // Then
      assertThat(failure.exitCode()).isEqualTo(Failure.CONFLICT);
      assertThat(failure.getMessage().lines())
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .startsWith("port " + http.getLocalPort() + " (probe-target) is in use; "),
              line ->
                  assertThat(line)
                      .startsWith(
                          "port " + grpc.getLocalPort() + " (probe-target, grpc) is in use; ")
                      .endsWith(", or set another port with LAB_PROBE_LISTEN_GRPC"));
    }
  }

  /** Some containers have no IPv6. */
  private static boolean isOfThisMachine(InetAddress address) {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException notHere) {
      return false;
    }
  }
}
