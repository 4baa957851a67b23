package io.podlab.token.file;

import io.podlab.kit.text.Printable;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code host:port} of an API server. */
final class Endpoint {
  /** kubeadm's default (constants.KubeAPIServerPort). */
  private static final int PORT = 6443;

  /** Of the block for documentation: a route is looked up, and nothing sent. */
  private static final InetSocketAddress ANYWHERE = new InetSocketAddress("203.0.113.1", 9);

  private static final Pattern FORM =
      Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}]):(\\d{1,5})");

  private Endpoint() {}

  /**
   * @throws ConfigurationException if it is none; a join command is pasted into a shell, so nothing
   *     else must be in it
   */
  static String checked(String given) {
    Matcher form = FORM.matcher(given);
    if (!form.matches() || !isPort(Integer.parseInt(form.group(1)))) {
      throw new ConfigurationException(
          "LAB_TOKEN_ENDPOINT=\"%s\" is invalid: it is host:port, such as 10.0.0.1:6443"
              .formatted(Printable.line(given)));
    }
    return given;
  }

  private static boolean isPort(int number) {
    return number >= 1 && number <= 65_535;
  }

  /** This machine's, where its default route begins. */
  static Optional<String> ofThisMachine() {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(ANYWHERE);
      InetAddress address = socket.getLocalAddress();
      if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
        return Optional.empty();
      }
      String host = address.getHostAddress();
      return Optional.of((address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + PORT);
    } catch (IOException | RuntimeException noRoute) {
      return Optional.empty();
    }
  }
}
