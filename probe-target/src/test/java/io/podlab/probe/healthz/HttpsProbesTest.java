package io.podlab.probe.healthz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.probe.WithTls;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.schedule.Schedule;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The probes over HTTPS, as the kubelet sends them: with HTTP/2. */
@QuarkusTest
@TestProfile(WithTls.class)
class HttpsProbesTest {
  private static final int PATIENCE_SECONDS = 30;

  @Inject Probes probes;
  @Inject Vertx vertx;
  private final AtomicInteger connections = new AtomicInteger();
  private HttpClient client;

  @BeforeEach
  void connect() {
    client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setSsl(true)
                    .setTrustAll(true)
                    .setVerifyHost(false)
                    .setUseAlpn(true)
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2MaxPoolSize(1))
            .withConnectHandler(connection -> connections.incrementAndGet())
            .build();
  }

  @AfterEach
  void restore() throws Exception {
    probes.get(ProbeType.LIVENESS).reset();
    done(client.close());
  }

  @Test
  void answersOkAndFail() throws Exception {
    follow("ok");
    assertThat(ask()).isEqualTo("200 ok");
    follow("fail");
    assertThat(ask()).startsWith("500 error: ");
  }

  @Test
  void dropsOnlyTheStream() throws Exception {
    // Given
    follow("ok");
    ask();
    follow("drop");

    // Then
    assertThatThrownBy(this::ask).hasRootCauseInstanceOf(StreamResetException.class);
    follow("ok");
    assertThat(ask()).isEqualTo("200 ok");
    assertThat(connections).hasValue(1);
  }

  private void follow(String schedule) {
    probes.get(ProbeType.LIVENESS).begin(Schedule.parse(schedule), 0);
  }

  private String ask() throws Exception {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-ssl-port", Integer.class);
    return done(
        client
            .request(HttpMethod.GET, port, "localhost", "/healthz")
            .compose(request -> request.send())
            .compose(
                response ->
                    response.body().map(body -> response.statusCode() + " " + body.toString())));
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
