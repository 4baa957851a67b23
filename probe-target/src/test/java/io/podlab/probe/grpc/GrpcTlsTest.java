package io.podlab.probe.grpc;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.podlab.kit.tls.ServerCertificate;
import io.podlab.probe.WithTls;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.schedule.Schedule;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uses the Java client of grpc.io. */
@QuarkusTest
@TestProfile(WithTls.class)
class GrpcTlsTest {
  @Inject Probes probes;
  @Inject HealthServer server;
  @Inject ServerCertificate serverCertificate;
  @Inject Vertx vertx;

  private final List<ManagedChannel> channels = new ArrayList<>();
  private X509Certificate certificate;

  @BeforeEach
  void begin() throws Exception {
    probes.get(ProbeType.READINESS).begin(Schedule.parse("fail"), 0);
    X509KeyManager keys =
        (X509KeyManager)
            serverCertificate
                .options()
                .orElseThrow()
                .getKeyManagerFactory(vertx)
                .getKeyManagers()[0];
    certificate = keys.getCertificateChain(keys.getServerAliases("EC", null)[0])[0];
  }

  @AfterEach
  void end() {
    channels.forEach(ManagedChannel::shutdownNow);
    probes.all().forEach(Probe::reset);
  }

  private HealthGrpc.HealthBlockingStub client(NettyChannelBuilder builder) {
    ManagedChannel channel = builder.build();
    channels.add(channel);
    return HealthGrpc.newBlockingStub(channel);
  }

  private NettyChannelBuilder tlsPort() {
    return NettyChannelBuilder.forAddress("localhost", server.tlsPort().orElseThrow());
  }

  private NettyChannelBuilder trusting() throws SSLException {
    return tlsPort().sslContext(GrpcSslContexts.forClient().trustManager(certificate).build());
  }

  private static HealthCheckRequest readiness() {
    return HealthCheckRequest.newBuilder().setService("readiness").build();
  }

  @Test
  void answersAClientThatTrustsTheCertificate() throws SSLException {
    assertThat(client(trusting()).check(readiness()).getStatus())
        .isEqualTo(ServingStatus.NOT_SERVING);
  }

  @Test
  void staysPlaintextOnTheOtherPort() {
    // Given
    NettyChannelBuilder plaintext =
        NettyChannelBuilder.forAddress("localhost", server.port()).usePlaintext();

    // Then
    assertThat(client(plaintext).check(readiness()).getStatus())
        .isEqualTo(ServingStatus.NOT_SERVING);
  }

  @Test
  void isRejectedByAClientThatDoesNotTrustTheCertificate() {
    // When
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> client(tlsPort()).check(readiness()));

    // Then
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure)
        .hasRootCauseMessage("unable to find valid certification path to requested target");
  }

  @Test
  void rejectsAClientWithoutTls() {
    // When
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> client(tlsPort().usePlaintext()).check(readiness()));

    // Then
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void countsItsStreamsWithThoseOfThePlaintextPort() throws SSLException {
    // When
    Iterator<HealthCheckResponse> watch = client(trusting()).watch(readiness());

    // Then
    assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(server.streams()).isEqualTo(1);
    channels.get(0).shutdownNow();
    await().until(() -> server.streams() == 0);
  }

  @Test
  void offersOnlyHttp2() throws Exception {
    try (SSLSocket socket = connect()) {
      // When
      SSLParameters both = socket.getSSLParameters();
      both.setApplicationProtocols(new String[] {"http/1.1", "h2"});
      socket.setSSLParameters(both);
      socket.startHandshake();

      // Then
      assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
    }
  }

  @Test
  void answers400ToHttp1() throws Exception {
    try (SSLSocket socket = connect()) {
      // When
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      // Then
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  private SSLSocket connect() throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("server", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket("localhost", server.tlsPort().orElseThrow());
    socket.setSoTimeout(10_000);
    return socket;
  }

  @Test
  void isInTheOverview() {
    when()
        .get("/probes")
        .then()
        .body(containsString(", port " + server.tlsPort().orElseThrow() + " with TLS,"));
    given()
        .accept("application/json")
        .get("/probes")
        .then()
        .body("mechanisms.grpc.tlsPort", equalTo(server.tlsPort().orElseThrow()));
  }
}
