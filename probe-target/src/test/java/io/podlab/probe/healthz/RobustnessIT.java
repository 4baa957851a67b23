package io.podlab.probe.healthz;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.kit.testing.PackagedService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One client cannot keep the service from answering the others. */
class RobustnessIT {
  private static final int FLOOD = 2000;
  private static PackagedService service;
  private static int tcpPort;
  private static int grpcPort;

  private final List<Socket> sockets = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    service =
        PackagedService.start(
            Map.of("LAB_PROBE_FILES", "target/robust-probe-files"), "--liveness=ok");
    tcpPort = port("tcp");
    grpcPort = port("grpc");
  }

  private static int port(String mechanism) throws Exception {
    String overview =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(service.uri("/probes"))
                    .header("Accept", "application/json")
                    .build(),
                BodyHandlers.ofString())
            .body();
    Matcher port = Pattern.compile("\"" + mechanism + "\":\\{\"port\":(\\d+)").matcher(overview);
    assertThat(port.find()).describedAs(overview).isTrue();
    return Integer.parseInt(port.group(1));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void closeSockets() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setSoTimeout(15_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port), 15_000);
    return socket;
  }

  private void allProbesAnswer() throws Exception {
    for (String path : List.of("/healthz", "/livez", "/readyz", "/startupz")) {
      assertThat(service.get(path).statusCode()).describedAs(path).isEqualTo(200);
    }
    assertThat(service.get("/probes").statusCode()).isEqualTo(200);
    assertThat(connect(tcpPort).getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void answersDuringAFloodOfTheTcpPort() throws Exception {
    // When
    for (int i = 0; i < FLOOD; i++) {
      connect(tcpPort);
    }

    // Then
    allProbesAnswer();
  }

  @Test
  void answersDespiteHalfOpenConnections() throws Exception {
    // When
    URI http = service.uri("/");
    for (int i = 0; i < 200; i++) {
      connect(http.getPort());
      connect(http.getPort())
          .getOutputStream()
          .write("GET /healthz HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
      connect(grpcPort)
          .getOutputStream()
          .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      connect(tcpPort).getOutputStream().write('x');
    }

    // Then
    allProbesAnswer();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "garbage\r\n\r\n",
        "GET\r\n\r\n",
        "GET /healthz\r\n\r\n",
        "GET /healthz HTTP/9.9\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "PUT /probes/readiness HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
      })
  void answersDespiteMalformedRequests(String request) throws Exception {
    // When
    for (int port : List.of(service.uri("/").getPort(), grpcPort, tcpPort)) {
      connect(port).getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    // Then
    allProbesAnswer();
    assertThat(service.errors()).isEmpty();
  }

  @Test
  void rejectsHeadersThatAreTooLong() throws Exception {
    // When
    Socket socket = connect(service.uri("/").getPort());
    socket
        .getOutputStream()
        .write(
            ("GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(100_000) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));

    // Then
    assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 431");
    allProbesAnswer();
  }
}
