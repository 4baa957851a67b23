package io.podlab.kit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerKeyManagerTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<Identity> identity = new AtomicReference<>(named("first"));

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @ParameterizedTest
  @CsvSource({
    "ec, TLSv1.2", "pkcs1, TLSv1.2", "pkcs8, TLSv1.2", "ed25519, TLSv1.2",
    "ec, TLSv1.3", "pkcs1, TLSv1.3", "pkcs8, TLSv1.3", "ed25519, TLSv1.3"
  })
  void showsTheCertificate(String form, String protocol) throws Exception {
    // Given
    Path certificate = Path.of(getClass().getResource(form + ".crt").toURI());
    Path key = certificate.resolveSibling(form + ".key");
    identity.set(new CertificateFiles(certificate, key, Duration.ZERO).get());

    // Then
    assertThat(shown(listen(), protocol)).isEqualTo(identity.get().certificate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void usesTheKeyOfTheCertificateThatItShows(String protocol) throws Exception {
    // Given a renewal between all questions
    int port = listen(() -> named("renewed"));

    // Then
    assertThatNoException().isThrownBy(() -> shown(port, protocol));
  }

  @Test
  void showsARenewedCertificateToTheNextClient() throws Exception {
    // Given
    int port = listen();
    shown(port, "TLSv1.3");

    // When
    identity.set(named("renewed"));

    // Then
    assertThat(shown(port, "TLSv1.3")).isEqualTo(identity.get().certificate());
  }

  private int listen() throws Exception {
    return listen(identity::get);
  }

  private int listen(Supplier<Identity> identity) throws Exception {
    KeyCertOptions options = KeyCertOptions.wrap(new ServerKeyManager(identity));
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setSsl(true)
                    .setKeyCertOptions(options))
            .requestHandler(request -> request.response().end());
    return server.listen().toCompletionStage().toCompletableFuture().get().actualPort();
  }

  private static Certificate shown(int port, String protocol) throws Exception {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new Trusting()}, null);
    try (SSLSocket socket =
        (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static Identity named(String name) {
    return SelfSigned.create(name, List.of("localhost"), List.of(), Instant.now());
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
