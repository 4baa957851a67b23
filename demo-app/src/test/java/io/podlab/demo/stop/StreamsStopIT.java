package io.podlab.demo.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.ConnectException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stop for clients with HTTP/2, whose requests share a connection. */
class StreamsStopIT {
  private static final Pattern HTTPS = Pattern.compile("https://[0-9.]+:(\\d+)");
  private static final int PATIENCE_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx();

  /** In the order in which they arrive: GOAWAY, and the status codes of answers. */
  private final List<String> arrived = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
  }

  @Test
  void announcesTheStopWithGoAwayAndLosesNoRequest() throws Exception {
    try (PackagedService service =
        PackagedService.start(Map.of("LAB_TLS", "self-signed", "LAB_TLS_PORT", "0"))) {
      // Given
      int port = httpsPort(service);
      HttpClient client = client();
      Future<String> inFlight = ask(client, port, "/delay/10s");
      await()
          .until(
              () -> service.get("/metrics").body(),
              metrics -> metrics.contains("lab_demo_inflight_requests 1.0"));

      // When
      service.signal("TERM");
      await().until(() -> service.output().contains("SIGTERM received: 1 requests in flight"));
      String during = done(ask(client, port, "/whoami"));

      // Then
      assertThat(during).startsWith("200 ");
      await().untilAsserted(() -> assertThat(arrived).containsExactly("200", "GOAWAY"));
      await().until(() -> isRefused(port));
      assertThat(done(inFlight)).isEqualTo("200 answered after 10 s\n");
      assertThat(arrived).containsExactly("200", "GOAWAY", "200");
      assertThat(service.exitCode()).isEqualTo(143);
      assertThat(service.output()).contains(", 0 lost");
    }
  }

  private static boolean isRefused(int port) throws Exception {
    try {
      new Socket("127.0.0.1", port).close();
      return false;
    } catch (ConnectException refused) {
      return true;
    }
  }

  private static int httpsPort(PackagedService service) {
    Matcher listening = HTTPS.matcher(service.output());
    assertThat(listening.find()).as(service.output()).isTrue();
    return Integer.parseInt(listening.group(1));
  }

  private HttpClient client() {
    return vertx
        .httpClientBuilder()
        .with(
            new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2MaxPoolSize(1))
        .withConnectHandler(connection -> connection.goAwayHandler(goAway -> arrived.add("GOAWAY")))
        .build();
  }

  private Future<String> ask(HttpClient client, int port, String path) {
    return client
        .request(HttpMethod.GET, port, "127.0.0.1", path)
        .compose(request -> request.send())
        .compose(
            response ->
                response
                    .body()
                    .onSuccess(body -> arrived.add(Integer.toString(response.statusCode())))
                    .map(body -> response.statusCode() + " " + body.toString()));
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
