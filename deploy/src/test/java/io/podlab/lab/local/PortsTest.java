package io.podlab.lab.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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

  /** Some containers have no IPv6. */
  private static boolean isOfThisMachine(InetAddress address) {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException notHere) {
      return false;
    }
  }
}
