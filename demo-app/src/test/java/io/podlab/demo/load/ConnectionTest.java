package io.podlab.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static final Deadline LATER = Deadline.in(Duration.ofMinutes(1));

  @Test
  void noticesThatTheServerHasClosedIt() throws Exception {
    try (ServerSocket server = new ServerSocket(0);
        Connection connection =
            Connection.open(new InetSocketAddress("127.0.0.1", server.getLocalPort()), LATER)) {
      // Given
      Socket accepted = server.accept();
      assertThat(connection.isClosedByServer()).isFalse();

      // When
      accepted.close();

      // Then
      await().until(connection::isClosedByServer);
    }
  }
}
