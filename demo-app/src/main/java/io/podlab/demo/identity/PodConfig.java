package io.podlab.demo.identity;

import io.netty.util.NetUtil;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Facts that the manifest sets through the downward API. For a missing one, the service uses the
 * fallback below or leaves the fact out.
 */
@ConfigMapping(prefix = "lab.pod")
public interface PodConfig {
  /** {@code metadata.name}. Fallback: the host name. */
  Optional<String> name();

  /** {@code metadata.namespace}. Fallback: the namespace of the mounted service account. */
  Optional<String> namespace();

  /** {@code status.podIP}, IPv4 or IPv6. Fallback: the address of the first network interface. */
  @WithConverter(IpAddress.class)
  Optional<String> ip();

  /** {@code spec.nodeName}. No fallback. */
  Optional<String> node();

  /** {@code spec.serviceAccountName}. No fallback. */
  Optional<String> serviceAccount();

  /**
   * Refuses an invalid address, so that a typing error does not point students to the wrong pod.
   */
  final class IpAddress implements Converter<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String convert(String text) {
      if (NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text)) {
        return text;
      }
      throw new IllegalArgumentException(
          "is not an IP address; use an IPv4 or IPv6 address such as 10.244.0.7");
    }
  }
}
