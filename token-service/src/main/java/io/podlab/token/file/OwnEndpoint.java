package io.podlab.token.file;

import io.podlab.kit.text.Printable;
import io.podlab.token.bootstrap.Endpoint;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The API server's endpoint where no cluster tells it. */
final class OwnEndpoint {
  static final String UNKNOWN =
      "the address of the API server is not known; set LAB_TOKEN_ENDPOINT=host:port";

  /** kubeadm's default (constants.KubeAPIServerPort). */
  private static final int PORT = 6443;

  /** Of the block for documentation: a route is looked up, and nothing sent. */
  private static final InetSocketAddress ANYWHERE = new InetSocketAddress("203.0.113.1", 9);

  private OwnEndpoint() {}

  /**
   * @throws ConfigurationException if it is not {@code host:port}
   */
  static Endpoint configured(String given) {
    try {
      return Endpoint.parse(given);
    } catch (IllegalArgumentException refused) {
      throw new ConfigurationException(
          "LAB_TOKEN_ENDPOINT=\"%s\" is invalid: %s; expected host:port, such as 10.0.0.1:6443"
              .formatted(Printable.line(given), refused.getMessage()));
    }
  }

  /** This machine's, where its default route begins. */
  static Optional<Endpoint> ofThisMachine() {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(ANYWHERE);
      InetAddress address = socket.getLocalAddress();
      return address.isAnyLocalAddress() || address.isLoopbackAddress()
          ? Optional.empty()
          : Optional.of(new Endpoint(address.getHostAddress(), PORT));
    } catch (IOException | RuntimeException noRoute) {
      return Optional.empty();
    }
  }
}
