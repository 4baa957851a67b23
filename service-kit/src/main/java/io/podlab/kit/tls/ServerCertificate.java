package io.podlab.kit.tls;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The certificate of this service, for each of its ports with TLS. */
@Singleton
public final class ServerCertificate {
  private static final Logger LOG = Logger.getLogger(ServerCertificate.class);
  private static final Duration READ_PERIOD = Duration.ofSeconds(10);
  private static final Predicate<String> HOST_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?").asMatchPredicate();

  private static final int PORT = 8443;

  private final Optional<KeyCertOptions> options;
  private final int port;

  /**
   * @throws ConfigurationException if a setting or a file is not valid; the message says why
   */
  ServerCertificate(
      TlsConfig config,
      @ConfigProperty(name = "quarkus.application.name") String application,
      Clock clock) {
    this.port = config.port().orElse(PORT);
    this.options =
        identity(config, application, clock)
            .map(identity -> KeyCertOptions.wrap(new ServerKeyManager(identity)));
  }

  /** The key and the certificate; empty if TLS is off. */
  public Optional<KeyCertOptions> options() {
    return options;
  }

  /** The port for HTTPS, if TLS is on; 0 means any free port. */
  public int port() {
    return port;
  }

  /**
   * Makes a server use TLS.
   *
   * @param certificate one of {@link #options()}
   * @param versions of HTTP that the server offers, the preferred one first
   */
  public static HttpServerOptions encrypted(
      HttpServerOptions server, KeyCertOptions certificate, HttpVersion... versions) {
    return server
        .setSsl(true)
        .setKeyCertOptions(certificate)
        // A handshake can read files.
        .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true))
        .setUseAlpn(true)
        .setAlpnVersions(List.of(versions));
  }

  static Optional<Supplier<Identity>> identity(TlsConfig config, String application, Clock clock) {
    Optional<Path> certificate = config.certificate();
    Optional<Path> key = config.key();
    if (certificate.isPresent() != key.isPresent()) {
      throw new ConfigurationException(
          certificate.isPresent()
              ? "LAB_TLS_CERTIFICATE needs LAB_TLS_KEY; set both, or neither"
              : "LAB_TLS_KEY needs LAB_TLS_CERTIFICATE; set both, or neither");
    }
    if (config.mode().isPresent() && certificate.isPresent()) {
      throw new ConfigurationException(
          "LAB_TLS and LAB_TLS_CERTIFICATE are both set; use self-signed or the files, not both");
    }
    if (certificate.isPresent()) {
      CertificateFiles files = new CertificateFiles(certificate.get(), key.get(), READ_PERIOD);
      files
          .get()
          .invalidity(clock.instant())
          .ifPresent(
              why ->
                  LOG.warnf(
                      "the certificate in %s %s; clients will not accept it",
                      certificate.get(), why));
      return Optional.of(files);
    }
    if (config.mode().isEmpty()) {
      if (config.port().isPresent()) {
        throw new ConfigurationException(
            "LAB_TLS_PORT needs TLS; set LAB_TLS=self-signed, or LAB_TLS_CERTIFICATE and"
                + " LAB_TLS_KEY");
      }
      return Optional.empty();
    }
    Identity identity =
        SelfSigned.create(application, names(application), addresses(), clock.instant());
    return Optional.of(() -> identity);
  }

  /** The service in its namespace, and the pod. */
  private static List<String> names(String application) {
    return Stream.of("localhost", application, System.getenv("HOSTNAME"))
        .filter(name -> name != null && HOST_NAME.test(name))
        .distinct()
        .toList();
  }

  private static List<InetAddress> addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress())
          .toList();
    } catch (SocketException unknown) {
      return List.of(InetAddress.getLoopbackAddress());
    }
  }
}
