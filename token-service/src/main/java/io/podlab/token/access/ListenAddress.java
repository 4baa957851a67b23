package io.podlab.token.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Checks the listen address without a cluster: the admin token must not cross a network in clear.
 */
public final class ListenAddress {
  private ListenAddress() {}

  /**
   * @param host the configured host name or IP address
   * @param plain whether the service accepts plain HTTP
   * @param insecure the value of {@code LAB_TOKEN_INSECURE}
   * @throws ConfigurationException if other machines could read the admin token
   */
  public static void check(String host, boolean plain, boolean insecure) {
    if (plain && !insecure && !isLoopback(host)) {
      throw new ConfigurationException(
          ("QUARKUS_HTTP_HOST is invalid: '%s' would send the admin token over the network without"
                  + " TLS; use 127.0.0.1, or set QUARKUS_HTTP_INSECURE_REQUESTS=disabled, and"
                  + " LAB_TLS=self-signed or LAB_TLS_CERTIFICATE and LAB_TLS_KEY; or accept the risk with LAB_TOKEN_INSECURE=true")
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
