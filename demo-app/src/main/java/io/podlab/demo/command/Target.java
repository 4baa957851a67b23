package io.podlab.demo.command;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A dependency of a pod that another pod or a Service provides: a URL, a port or a name. */
sealed interface Target {
  String ACCEPTED =
      "it is not a URL, port or name; use http://…, https://…, tcp://HOST:PORT or dns:NAME";

  /**
   * Checks once.
   *
   * @param limit time limit for each step
   * @throws IOException if the target cannot be reached
   */
  Finding check(Duration limit) throws IOException;

  /**
   * @param detail for example {@code answered 503}
   */
  record Finding(boolean available, String detail) {}

  /**
   * @throws IllegalArgumentException if the text is not a target, with the accepted forms
   */
  static Target parse(String text) {
    if (text.startsWith(Name.PREFIX)) {
      return new Name(text.substring(Name.PREFIX.length()));
    }
    URI uri = uri(text);
    if (uri.getHost() == null || uri.getScheme() == null) {
      throw new IllegalArgumentException(ACCEPTED);
    }
    return switch (uri.getScheme()) {
      case "http", "https" -> new Page(uri);
      case "tcp" -> new Port(uri);
      default -> throw new IllegalArgumentException(ACCEPTED);
    };
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(ACCEPTED, malformed);
    }
  }

  /**
   * A URL. It is available when it answers 200 to 399, the range that the kubelet's probes accept.
   */
  record Page(URI uri) implements Target {
    private static final int LOWEST = 200;
    private static final int HIGHEST = 399;

    public Page {
      if (uri.getRawUserInfo() != null) {
        throw new IllegalArgumentException(
            "the URL contains a user name or password; use a URL without them, such as"
                + " http://demo:8080");
      }
    }

    @Override
    public Finding check(Duration limit) throws IOException {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(Math.toIntExact(limit.toMillis()));
      connection.setReadTimeout(Math.toIntExact(limit.toMillis()));
      try {
        int status = connection.getResponseCode();
        return new Finding(status >= LOWEST && status <= HIGHEST, "answered " + status);
      } finally {
        connection.disconnect();
      }
    }

    @Override
    public String toString() {
      return uri.toString();
    }
  }

  /** A TCP port. It is available when it accepts a connection. */
  record Port(URI uri) implements Target {
    private static final int HIGHEST_PORT = 65_535;

    public Port {
      boolean onlyHostAndPort =
          uri.getRawUserInfo() == null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null;
      if (!onlyHostAndPort || uri.getPort() < 1 || uri.getPort() > HIGHEST_PORT) {
        throw new IllegalArgumentException(ACCEPTED);
      }
    }

    @Override
    public Finding check(Duration limit) throws IOException {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(uri.getHost(), uri.getPort()), Math.toIntExact(limit.toMillis()));
        return new Finding(true, "accepts connections");
      }
    }

    @Override
    public String toString() {
      return uri.toString();
    }
  }

  /** A DNS name. It is available when it has an address, which a Service has from its creation. */
  record Name(String name) implements Target {
    static final String PREFIX = "dns:";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");

    public Name {
      if (!FORM.matcher(name).matches()) {
        throw new IllegalArgumentException(ACCEPTED);
      }
    }

    @Override
    public Finding check(Duration limit) throws IOException {
      String addresses =
          Arrays.stream(InetAddress.getAllByName(name))
              .map(InetAddress::getHostAddress)
              .collect(Collectors.joining(", "));
      return new Finding(true, "resolves to " + addresses);
    }

    @Override
    public String toString() {
      return PREFIX + name;
    }
  }
}
