package io.podlab.token.bootstrap;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of an API server. A join command is pasted into a shell, so nothing but a DNS name
 * or an address is taken.
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

  /** Where a name ends in a number, programs take it for an address. */
  private static final Pattern NUMERIC =
      Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9A-Fa-f]*)\\.?");

  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f:]*:(?:[0-9A-Fa-f]*|%s)".formatted(IPV4.pattern()));
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([^\\]]*)]|([A-Za-z0-9.-]+))(?::(\\d{1,5}))?");

  /** Without a scheme, client-go takes a cluster with a CA for one of https. */
  private static final Pattern SERVER = Pattern.compile("(?:(?i:https)://)?(.*?)/?");

  private static final int HTTPS = 443;

  /**
   * @throws IllegalArgumentException if no machine could join by it
   */
  public Endpoint {
    if (!isHost(host)) {
      throw new IllegalArgumentException("its host is not a DNS name or an IP address");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("its port is not 1 to 65535");
    }
  }

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException saying what is wrong, without repeating the text
   */
  public static Endpoint parse(String text) {
    Matcher form = matched(text);
    if (form.group(3) == null) {
      throw new IllegalArgumentException("it has no port");
    }
    return of(form);
  }

  /**
   * Reads the {@code server} of a kubeconfig, where no port means 443.
   *
   * @throws IllegalArgumentException saying what is wrong, without repeating the text
   */
  public static Endpoint ofServer(String url) {
    Matcher server = SERVER.matcher(url);
    return of(matched(server.matches() ? server.group(1) : url));
  }

  private static Matcher matched(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("it is not host:port");
    }
    return form;
  }

  private static Endpoint of(Matcher form) {
    boolean bracketed = form.group(1) != null;
    String host = form.group(bracketed ? 1 : 2);
    if (bracketed && !host.contains(":")) {
      throw new IllegalArgumentException("its brackets do not hold an IPv6 address");
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
      // In brackets nothing is looked up.
      return !InetAddress.getByName("[" + host + "]").isAnyLocalAddress();
    } catch (UnknownHostException malformed) {
      return false;
    }
  }

  /** As a word of a shell command: brackets are a pattern, and zsh refuses one without a match. */
  public String quoted() {
    return host.contains(":") ? "'" + this + "'" : toString();
  }

  /** {@code host:port}. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
