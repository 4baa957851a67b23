package io.podlab.token.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where the service may listen without a cluster: its admin token must not be read on the way. */
public final class ListenAddress {
  private ListenAddress() {}

  /**
   * @param host what it is to listen on, a name or an address
   * @param plain whether it takes requests without TLS
   * @param insecure whether the person has said that this may be
   * @throws ConfigurationException saying what to set
   */
  public static void check(String host, boolean plain, boolean insecure) {
    if (plain && !insecure && !isLoopback(host)) {
      throw new ConfigurationException(
          ("QUARKUS_HTTP_HOST=\"%s\" would let others read the admin token on its way: listen on"
                  + " 127.0.0.1, or set QUARKUS_HTTP_INSECURE_REQUESTS=disabled and a certificate,"
                  + " or accept it with LAB_TOKEN_INSECURE=true")
              .formatted(host));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
