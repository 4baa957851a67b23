package io.podlab.demo.identity;

import io.netty.util.NetUtil;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * What a manifest tells the pod about itself through the downward API. What it does not tell is
 * found out where that is possible, and left out where it is not.
 */
@ConfigMapping(prefix = "lab.pod")
public interface PodConfig {
  /** {@code metadata.name}; else the host name. */
  Optional<String> name();

  /** {@code metadata.namespace}; else that of the mounted service account. */
  Optional<String> namespace();

  /** {@code status.podIP}, IPv4 or IPv6; else the address of the first network interface. */
  @WithConverter(IpAddress.class)
  Optional<String> ip();

  /** {@code spec.nodeName}; else left out. */
  Optional<String> node();

  /** {@code spec.serviceAccountName}; else left out. */
  Optional<String> serviceAccount();

  /** Refuses what is no address: a typing error would send students to a pod that is not there. */
  final class IpAddress implements Converter<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String convert(String text) {
      if (NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text)) {
        return text;
      }
      throw new IllegalArgumentException("expected an IPv4 or IPv6 address");
    }
  }
}
