package io.podlab.kit.tls;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.options.HttpServerOptionsUtils;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Opens the port for HTTPS if the service has a certificate, and chooses the versions of HTTP.
 * Quarkus has no port for HTTPS without a certificate.
 */
@Singleton
final class HttpPorts implements HttpServerOptionsCustomizer {
  private final Optional<KeyCertOptions> certificate;
  private final int port;
  private final boolean cleartext;

  HttpPorts(
      ServerCertificate certificate,
      CleartextConfig cleartext,
      @ConfigProperty(name = "quarkus.http.port") int plainPort) {
    this.certificate = certificate.options();
    this.port = certificate.port();
    this.cleartext = cleartext.http2();
    if (this.certificate.isPresent() && port != 0 && port == plainPort) {
      throw new ConfigurationException(
          "QUARKUS_HTTP_PORT and LAB_TLS_PORT are both %d; use different ports".formatted(port));
    }
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setHttp2ClearTextEnabled(cleartext);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    certificate.ifPresent(
        each ->
            ServerCertificate.encrypted(options, each, HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)
                .setPort(port == 0 ? HttpServerOptionsUtils.RANDOM_PORT_MAIN_TLS : port));
  }
}
