package io.podlab.demo.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The listening socket, opened before Quarkus is. A pod without a readiness probe gets traffic from
 * when its container runs, which is before any JVM can serve; the kernel keeps these connections
 * until the HTTP server takes the socket over.
 */
public final class EarlyListener {
  /** How many connections wait; more are refused, as always. */
  private static final int BACKLOG = 1024;

  private static final String DEFAULT_HOST = "0.0.0.0";
  private static final String DEFAULT_PORT = "8080";
  private static final AtomicReference<ServerSocketChannel> OPEN = new AtomicReference<>();

  private EarlyListener() {}

  /**
   * Listens where the HTTP server is going to. A port that is no number is left to Quarkus to
   * refuse, and 0 to choose.
   *
   * @return why it cannot listen: the address is taken, or none of this machine's
   */
  public static Optional<String> listen() {
    String host = setting("QUARKUS_HTTP_HOST", "quarkus.http.host", DEFAULT_HOST);
    String port = setting("QUARKUS_HTTP_PORT", "quarkus.http.port", DEFAULT_PORT);
    if (!port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > 65535) {
      return Optional.empty();
    }
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.bind(new InetSocketAddress(host, Integer.parseInt(port)), BACKLOG);
        OPEN.set(channel);
        return Optional.empty();
      } catch (IOException | RuntimeException refused) {
        channel.close();
        throw refused;
      }
    } catch (IOException | RuntimeException refused) {
      return Optional.of(
          "port %s of %s is in use or not of this machine (%s); free it, or choose another with"
                  .formatted(port, host, refused.getMessage())
              + " QUARKUS_HTTP_PORT and QUARKUS_HTTP_HOST");
    }
  }

  private static String setting(String variable, String property, String otherwise) {
    String value = System.getProperty(property, System.getenv(variable));
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  /** Hands the socket over, once. */
  static Optional<ServerSocketChannel> take() {
    return Optional.ofNullable(OPEN.getAndSet(null));
  }
}
