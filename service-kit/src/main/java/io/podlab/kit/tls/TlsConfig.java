package io.podlab.kit.tls;

import io.podlab.kit.settings.PortSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of TLS. Without {@code LAB_TLS} and the two files, TLS is off. */
@ConfigMapping(prefix = "lab.tls")
public interface TlsConfig {
  /** {@code self-signed} makes a certificate at each start. */
  @WithParentName
  Optional<Mode> mode();

  /** A PEM file with the certificate, followed by the intermediate ones; needs {@link #key()}. */
  Optional<Path> certificate();

  /** A PEM file with the private key of the certificate: PKCS#8, PKCS#1 or EC, not encrypted. */
  Optional<Path> key();

  /**
   * The port for HTTPS, from 0 to 65535; 0 means any free port. The default is 8443. Only if TLS is
   * on; otherwise the service does not start.
   */
  Optional<@WithConverter(PortSetting.class) Integer> port();

  /** Where the certificate is from. */
  enum Mode {
    SELF_SIGNED
  }
}
