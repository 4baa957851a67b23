package io.podlab.token.bootstrap;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of an API server. Users paste join commands into a shell, so the host must be a DNS
 * name or an IP address.
 *
 * @param host an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

  private static final Pattern NAME =
      Pattern.compile("(?=.{1,254}$)%1$s(?:\\.%1$s)*\\.?".formatted(LABEL));
  private static final Pattern IPV4 = Pattern.compile("%1$s(?:\\.%1$s){3}".formatted(OCTET));

  /** Programs parse a name that ends in a number as an IPv4 address. */
  private static final Pattern NUMERIC =
      Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9A-Fa-f]*)\\.?");

  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f:]*:(?:[0-9A-Fa-f]*|%s)".formatted(IPV4.pattern()));
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([^\\]]*)]|([A-Za-z0-9.-]+))(?::(\\d{1,5}))?");

  /** client-go uses https for a cluster with a CA and a server without a scheme. */
  private static final Pattern SERVER = Pattern.compile("(?:(?i:https)://)?(.*?)/?");

  private static final int HTTPS = 443;

  /**
   * @throws IllegalArgumentException if the host or the port is invalid
   */
  public Endpoint {
    if (!isHost(host)) {
      throw new IllegalArgumentException("the host is not a DNS name or an IP address");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the port is not between 1 and 65535");
    }
  }

  /**
   * Parses {@code host:port}.
   *
   * @throws IllegalArgumentException with a message that does not repeat the text
   */
  public static Endpoint parse(String text) {
    Matcher form = matched(text);
    if (form.group(3) == null) {
      throw new IllegalArgumentException("the port is missing");
    }
    return of(form);
  }

  /**
   * Parses the {@code server} of a kubeconfig. The default port is 443.
   *
   * @throws IllegalArgumentException with a message that does not repeat the text
   */
  public static Endpoint ofServer(String url) {
    Matcher server = SERVER.matcher(url);
    return of(matched(server.matches() ? server.group(1) : url));
  }

  private static Matcher matched(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("not of the form host:port");
    }
    return form;
  }

  private static Endpoint of(Matcher form) {
    boolean bracketed = form.group(1) != null;
    String host = form.group(bracketed ? 1 : 2);
    if (bracketed && !host.contains(":")) {
      throw new IllegalArgumentException("the brackets do not contain an IPv6 address");
    }
    return new Endpoint(host, form.group(3) == null ? HTTPS : Integer.parseInt(form.group(3)));
  }

  private static boolean isHost(String host) {
    if (host.contains(":")) {
      return IPV6.matcher(host).matches() && isIpv6(host);
    }
    return NUMERIC.matcher(host).matches()
        ? IPV4.matcher(host).matches() && !host.equals("0.0.0.0")
        : NAME.matcher(host).matches();
  }

  private static boolean isIpv6(String host) {
    try {
      // Brackets prevent a DNS lookup.
      return !InetAddress.getByName("[" + host + "]").isAnyLocalAddress();
    } catch (UnknownHostException malformed) {
      return false;
    }
  }

  /** Quoted for a shell: brackets are a pattern, and zsh fails on a pattern without a match. */
  public String quoted() {
    return host.contains(":") ? "'" + this + "'" : toString();
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
