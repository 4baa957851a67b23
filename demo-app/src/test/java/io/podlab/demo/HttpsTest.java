package io.podlab.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@TestProfile(HttpsTest.Https.class)
class HttpsTest {
  private static final int LIMIT = 64 * 1024;
  private static final Map<Version, HttpClient> CLIENTS = new ConcurrentHashMap<>();

  public static final class Https implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("lab.tls", "self-signed", "lab.tls.port", "0", "lab.h2c", "true");
    }
  }

  /** The two ports, with the two versions of HTTP. */
  enum Protocol {
    HTTPS_2(true, Version.HTTP_2),
    HTTPS_1(true, Version.HTTP_1_1),
    HTTP_2(false, Version.HTTP_2),
    HTTP_1(false, Version.HTTP_1_1);

    private final boolean secure;
    private final Version version;

    Protocol(boolean secure, Version version) {
      this.secure = secure;
      this.version = version;
    }

    private URI at(String path) {
      String port = secure ? "quarkus.http.test-ssl-port" : "quarkus.http.test-port";
      return URI.create(
          "%s://localhost:%d%s"
              .formatted(
                  secure ? "https" : "http",
                  ConfigProvider.getConfig().getValue(port, Integer.class),
                  path));
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body)
        throws Exception {
      return CLIENTS
          .computeIfAbsent(version, HttpsTest::client)
          .send(
              HttpRequest.newBuilder(at(path)).method(method, body).build(),
              BodyHandlers.ofString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersEachProtocol(Protocol protocol) throws Exception {
    // When
    HttpResponse<String> response = protocol.send("GET", "/healthz", BodyPublishers.noBody());

    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.version()).isEqualTo(protocol.version);
  }

  @ParameterizedTest
  @EnumSource
  void answersHeadWithoutABody(Protocol protocol) throws Exception {
    // When
    HttpResponse<String> response = protocol.send("HEAD", "/", BodyPublishers.noBody());

    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void readsABodyThatDoesNotDeclareItsLength(Protocol protocol) throws Exception {
    // When
    HttpResponse<String> response = protocol.send("POST", "/echo", undeclared(3));

    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("aaa");
  }

  @ParameterizedTest
  @EnumSource
  void readsABodyThatDeclaresItsLength(Protocol protocol) throws Exception {
    // When
    HttpResponse<String> response =
        protocol.send("POST", "/echo", BodyPublishers.ofString("declared"));

    // Then
    assertThat(response.body()).contains("declared");
  }

  @ParameterizedTest
  @CsvSource({"HTTPS_2, HTTP/2, :authority", "HTTPS_1, HTTP/1.1, Host"})
  void showsTheVersionAndTheHost(Protocol protocol, String version, String host) throws Exception {
    assertThat(protocol.send("GET", "/echo?a=1", BodyPublishers.noBody()).body())
        .startsWith("GET /echo?a=1 " + version + "\n")
        .contains(host + ": localhost:" + protocol.at("/").getPort() + "\n");
  }

  @ParameterizedTest
  @EnumSource
  void refusesALargeBodyThatDeclaresItsLength(Protocol protocol) throws Exception {
    // When
    HttpResponse<String> response =
        protocol.send("POST", "/echo", BodyPublishers.ofByteArray(new byte[LIMIT + 1]));

    // Then
    assertThat(response.statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @EnumSource
  void refusesALargeBodyThatDoesNotDeclareItsLength(Protocol protocol) throws Exception {
    // When
    HttpResponse<String> response = protocol.send("POST", "/echo", undeclared(LIMIT + 1));

    // Then
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("the body is too large");
    assertThat(response.headers().firstValue("connection").isPresent())
        .isEqualTo(protocol.version == Version.HTTP_1_1);
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnUnknownPath(Protocol protocol) throws Exception {
    // When
    HttpResponse<String> response = protocol.send("GET", "/unknown", BodyPublishers.noBody());

    // Then
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("/unknown");
  }

  @ParameterizedTest
  @EnumSource
  void normalizesThePath(Protocol protocol) throws Exception {
    assertThat(protocol.send("GET", "//healthz/", BodyPublishers.noBody()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void measuresHttpsLikeHttp() throws Exception {
    // Given
    String healthz =
        "http_server_requests_seconds_count{method=\"GET\",outcome=\"SUCCESS\",status=\"200\",uri=\"/healthz\",}";
    double before = measured(healthz);

    // When
    Protocol.HTTPS_2.send("GET", "/healthz", BodyPublishers.noBody());

    // Then
    assertThat(measured(healthz)).isEqualTo(before + 1);
  }

  /** Its stream is reset one second after the answer. */
  @Test
  void measuresARefusedBodyOnlyOnce() throws Exception {
    // Given
    String post = "http_server_requests_seconds_count{method=\"POST\",";
    double before = measured(post);

    // When
    Protocol.HTTPS_2.send("POST", "/echo", undeclared(LIMIT + 1));

    // Then
    await()
        .during(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(measured(post)).isEqualTo(before + 1));
  }

  /** The sum of all time series that start with this text. */
  private static double measured(String series) throws Exception {
    return Protocol.HTTPS_2
        .send("GET", "/metrics", BodyPublishers.noBody())
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** The header blocks consist of entries of the static table (RFC 7541, appendix A) and texts. */
  @ParameterizedTest
  @CsvSource({
    // GET, http, /
    "828684, Host: ",
    // OPTIONS, http, *, localhost
    "02074f5054494f4e53 86 04012a 01096c6f63616c686f7374, request target: ",
    // GET, http, healthz, localhost
    "82 86 04076865616c74687a 01096c6f63616c686f7374, request target: ",
  })
  void refusesARequestWithoutAHostOrAPathOverHttp2(String block, String field) throws Exception {
    // Given
    byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    byte[] fields = HexFormat.of().parseHex(block.replace(" ", ""));
    byte[] headers = {0, 0, (byte) fields.length, 1, 5, 0, 0, 0, 1};

    // When
    URI plain = Protocol.HTTP_2.at("/");
    StringBuilder answer = new StringBuilder();
    try (Socket socket = new Socket(plain.getHost(), plain.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(preface);
      out.write(settings);
      out.write(headers);
      out.write(fields);
      for (int next; answer.indexOf("; use") < 0; answer.append((char) next)) {
        next = socket.getInputStream().read();
        assertThat(next).as("the next byte after %s", answer).isNotNegative();
      }
    }

    // Then
    assertThat(answer).contains("400 Bad Request: " + field);
  }

  private static BodyPublisher undeclared(int length) {
    return BodyPublishers.ofInputStream(
        () -> new ByteArrayInputStream("a".repeat(length).getBytes()));
  }

  private static HttpClient client(Version version) {
    try {
      SSLContext trusting = SSLContext.getInstance("TLS");
      trusting.init(null, new TrustManager[] {new Trusting()}, null);
      return HttpClient.newBuilder().version(version).sslContext(trusting).build();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** An extended one: the JDK checks the host name for others. */
  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTPS_1", "HTTP_1"})
  void echoesWebSocketMessages(Protocol protocol) throws Exception {
    // Given
    CompletableFuture<String> echo = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            echo.complete(text.toString());
            return null;
          }
        };
    URI uri = URI.create(protocol.at("/ws").toString().replaceFirst("http", "ws"));
    WebSocket socket =
        client(protocol.version)
            .newWebSocketBuilder()
            .buildAsync(uri, listener)
            .get(10, TimeUnit.SECONDS);

    // When
    socket.sendText("hello", true);

    // Then
    assertThat(echo.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
    socket.abort();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTPS_2", "HTTP_2"})
  void opensNoWebSocketOverHttp2(Protocol protocol) throws Exception {
    // When
    HttpResponse<String> response = protocol.send("GET", "/ws", BodyPublishers.noBody());

    // Then
    assertThat(response.version()).isEqualTo(Version.HTTP_2);
    assertThat(response.statusCode()).isEqualTo(426);
    assertThat(response.headers().firstValue("upgrade")).isEmpty();
  }
}
