package io.podlab.demo.load;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/**
 * The destination of the requests.
 *
 * @param url the URL as typed
 * @param host a name or an address
 * @param resource path and query
 */
public record LoadTarget(String url, String host, int port, String resource) {
  private static final String ACCEPTED = "use http://HOST[:PORT][/PATH], such as http://demo:8080";
  private static final int DEFAULT_PORT = 80;
  private static final int HIGHEST_PORT = 65_535;

  /**
   * @throws IllegalArgumentException if the URL is not accepted, with the reason
   */
  public static LoadTarget parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("it is not a URL; " + ACCEPTED, malformed);
    }
    if ("https".equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("https is not supported; " + ACCEPTED);
    }
    if (!"http".equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("the URL does not begin with http://; " + ACCEPTED);
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("the URL has no valid host; " + ACCEPTED);
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("the URL contains a user name or password; " + ACCEPTED);
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port %d is out of range; use 1 to %d".formatted(port, HIGHEST_PORT));
    }
    URI ascii = URI.create(uri.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    return new LoadTarget(url, withoutBrackets(uri.getHost()), port, path + query);
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The bytes of one request. */
  byte[] request(boolean keepAlive) {
    return """
        GET %s HTTP/1.1\r
        Host: %s:%d\r
        Accept: application/json, */*;q=0.5\r
        User-Agent: demo-app-load\r
        Connection: %s\r
        \r
        """
        .formatted(
            resource,
            host.contains(":") ? "[" + host + "]" : host,
            port,
            keepAlive ? "keep-alive" : "close")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
