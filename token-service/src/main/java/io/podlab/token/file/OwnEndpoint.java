package io.podlab.token.file;

import io.podlab.kit.text.Printable;
import io.podlab.token.bootstrap.Endpoint;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The API server's endpoint without a cluster. */
final class OwnEndpoint {
  static final String UNKNOWN =
      "the API server address is not configured; set LAB_TOKEN_ENDPOINT=host:port";

  /** kubeadm's default (constants.KubeAPIServerPort). */
  private static final int PORT = 6443;

  /** In the block for documentation. The kernel looks up a route and sends nothing. */
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
          ("LAB_TOKEN_ENDPOINT is invalid: '%s' is not an endpoint (%s); use host:port such as"
                  + " 10.0.0.1:6443")
              .formatted(Printable.line(given), refused.getMessage()));
    }
  }

  /** This machine's address on its default route. */
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
