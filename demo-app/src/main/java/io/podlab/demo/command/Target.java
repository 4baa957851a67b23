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

/** Something that another container or a Service is to provide, before this pod can begin. */
sealed interface Target {
  String ACCEPTED = "a target is http://… or https://…, tcp://HOST:PORT, or dns:NAME";

  /**
   * Looks once.
   *
   * @param limit for each step of it
   * @throws IOException if it cannot be reached
   */
  Finding check(Duration limit) throws IOException;

  /**
   * @param words for example {@code answers 503}
   */
  record Finding(boolean isThere, String words) {}

  /**
   * @throws IllegalArgumentException if it is none
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

  /** An URL, there when it answers as the kubelet's probes want it: 200 to 399. */
  record Page(URI uri) implements Target {
    private static final int LOWEST = 200;
    private static final int HIGHEST = 399;

    public Page {
      if (uri.getRawUserInfo() != null) {
        throw new IllegalArgumentException("an URL with a password in it is not taken");
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
        return new Finding(status >= LOWEST && status <= HIGHEST, "answers " + status);
      } finally {
        connection.disconnect();
      }
    }

    @Override
    public String toString() {
      return uri.toString();
    }
  }

  /** There when it takes a connection. */
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
        return new Finding(true, "takes connections");
      }
    }

    @Override
    public String toString() {
      return uri.toString();
    }
  }

  /** There when it has an address, as a Service has from its creation on. */
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
      return new Finding(true, "is " + addresses);
    }

    @Override
    public String toString() {
      return PREFIX + name;
    }
  }
}
