package io.podlab.demo.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import io.podlab.kit.testing.RawRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void logsALineARequestButNoneForProbesAndScrapes() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of())) {
      // When
      service.get("/?first");
      service.get("/metrics");
      service.get("/q/health/ready");
      get(service.uri("/"), "kube-probe/1.20");
      get(service.uri("/kube-probe/"), "curl/8.5.0");
      URI uri = service.uri("/");
      try (Socket client = new Socket(uri.getHost(), uri.getPort())) {
        OutputStream out = client.getOutputStream();
        out.write(
            "GET /delay/1m HTTP/1.1\r\nHost: lab\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        await().until(() -> service.get("/metrics").body().contains("inflight_requests 1.0"));
      }

      // Then: also for a client that disconnected before the answer
      await().until(() -> service.output().contains("GET /delay/1m"));
      assertThat(lines(service))
          .satisfiesExactly(
              line -> assertThat(line).contains("127.0.0.1 \"GET /?first HTTP/1.1\" 200"),
              line ->
                  assertThat(line)
                      .matches(
                          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ INFO  \\[access-log\\]"
                              + " 127\\.0\\.0\\.1 \"GET /kube-probe/ HTTP/1\\.1\" 404 \\d+ bytes"
                              + " \\d+ ms \"curl/8\\.5\\.0\""),
              line ->
                  assertThat(line)
                      .containsPattern(
                          "127\\.0\\.0\\.1 \"GET /delay/1m HTTP/1\\.1\" - 0 bytes \\d+ ms -$"));
    }
  }

  @Test
  void logsALineForWhateverArrives() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of("LAB_DEMO_PREFIX", "/demo"))) {
      // When
      URI uri = service.uri("/");
      try (Socket webSocket = new Socket(uri.getHost(), uri.getPort())) {
        webSocket
            .getOutputStream()
            .write(
                ("GET /demo/ws HTTP/1.1~Host: t~Connection: Upgrade~Upgrade: websocket~"
                        + "Sec-WebSocket-Version: 13~"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==~~")
                    .replace("~", "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        await().until(() -> service.output().contains("GET /demo/ws"));
      }
      for (String request :
          List.of(
              "GET //metrics HTTP/1.1~Host: t~",
              "GET /x/../q/%68ealth/live/ HTTP/1.1~Host: t~",
              "GET /?x={1}\" HTTP/1.1~Host: t~",
              "GET //?x=\u00c3\u00a4 HTTP/1.1~Host: t~",
              "GET //?x=\u00e4 HTTP/1.1~Host: t~",
              "GET /%zz HTTP/1.1~Host: t~",
              "CONNECT t:443 HTTP/1.1~Host: t~",
              "OPTIONS * HTTP/1.1~Host: t~",
              "GET /demo//metrics HTTP/1.1~Host: t~",
              "GET /demo/q/health/live HTTP/1.1~Host: t~",
              "GET /demo HTTP/1.1~Host: t~",
              "GET /demo/status/404 HTTP/1.1~Host: t~",
              "GET /echo HTTP/1.1~")) {
        RawRequest.send(
            service.uri("/").getPort(), (request + "Connection: close~~").replace("~", "\r\n"));
      }

      // Then: no other line follows the start, and no line is for a scrape or probe
      await().until(() -> service.output().contains("\"GET /echo HTTP"));
      assertThat(lines(service))
          .extracting(line -> line.replaceAll(".*127\\.0\\.0\\.1 | \\d+ bytes.*", ""))
          .containsExactly(
              "\"GET /demo/ws HTTP/1.1\" 101",
              "\"GET /?x={1}\\\" HTTP/1.1\" 200",
              "\"GET //?x=ä HTTP/1.1\" 200",
              "\"GET //?x=%E4 HTTP/1.1\" 200",
              "\"GET /%zz HTTP/1.1\" 404",
              "\"CONNECT t:443 HTTP/1.1\" 400",
              "\"OPTIONS * HTTP/1.1\" 400",
              "\"GET /demo HTTP/1.1\" 200",
              "\"GET /demo/status/404 HTTP/1.1\" 404",
              "\"GET /echo HTTP/1.1\" 400");
      assertThat(service.output()).doesNotContain("ERROR", "WARN");
    }
  }

  @Test
  void losesNoLineOfManyClientsAndTearsNone() throws Exception {
    // Given
    int clients = 8;
    int requests = 250;
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    try (PackagedService service = PackagedService.start(Map.of())) {
      // When: short answers from event loops and from worker threads
      List<Callable<Void>> tasks =
          IntStream.range(0, clients)
              .mapToObj(client -> (Callable<Void>) () -> ask(service, client, requests))
              .toList();
      for (Future<Void> end : pool.invokeAll(tasks)) {
        end.get();
      }
      service.terminate();
      service.exitCode();

      // Then
      assertThat(lines(service))
          .hasSize(clients * requests)
          .allMatch(line -> line.matches("\\S+ INFO  \\[access-log\\] .* \\d+ ms \"test\""));
      assertThat(service.output()).endsWith("\n").contains("served " + clients * requests);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Void ask(PackagedService service, int client, int requests)
      throws IOException, InterruptedException {
    for (int i = 0; i < requests; i++) {
      get(service.uri((client % 2 == 0 ? "/?" : "/files/") + client + "-" + i), "test");
    }
    return null;
  }

  @Test
  void writesJsonWhereAllLinesAre() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of("LAB_LOG_JSON", "true"))) {
      // When
      service.withHeader("X-Request-Id", "mine").get("/?json");
      get(service.uri("/echo?json"), "test");
      get(service.uri("/?none"), "test");

      // Then
      await().until(() -> service.output().contains("GET /?none"));
      assertThat(accesses(service, "/?json"))
          .allMatch(line -> line.contains("\"requestId\":\"mine\""));
      assertThat(accesses(service, "/echo?json"))
          .allMatch(line -> line.matches(".*\"requestId\":\"[0-9a-f]{32}\".*"));
      assertThat(accesses(service, "/?none")).noneMatch(line -> line.contains("requestId"));
      assertThat(service.output().lines())
          .allMatch(line -> line.startsWith("{\"timestamp\":") && line.endsWith("}"))
          .anyMatch(line -> line.contains("\"loggerName\":\"access-log\""));
    }
  }

  private static List<String> accesses(PackagedService service, String target) {
    List<String> lines =
        service.output().lines().filter(line -> line.contains("GET " + target + " ")).toList();
    assertThat(lines).hasSize(1);
    return lines;
  }

  @Test
  void endsALineWithTheRequestIdThatTheClientChose() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of())) {
      // When
      get(service.uri("/?without"), "test");
      service.withHeader("X-Request-Id", "my\"id").get("/?with");

      // Then
      await().until(() -> service.output().contains("GET /?with "));
      assertThat(accesses(service, "/?without")).allMatch(line -> line.endsWith(" ms \"test\""));
      assertThat(accesses(service, "/?with")).allMatch(line -> line.endsWith("\" \"my\\\"id\""));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void namesTheTraceOfARequest(boolean json) throws Exception {
    // Given
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    String noTrace = "00000000000000000000000000000000";
    try (PackagedService service =
        PackagedService.start(Map.of("LAB_LOG_JSON", Boolean.toString(json)))) {
      // When: GET / has a filter of its own
      for (String target : List.of("/?trace", "/echo?trace")) {
        service.withHeader("traceparent", "00-" + trace + "-00f067aa0ba902b7-01").get(target);
      }
      for (String target : List.of("/?invalid", "/echo?invalid")) {
        service.withHeader("traceparent", "00-" + noTrace + "-00f067aa0ba902b7-01").get(target);
      }

      // Then
      await().until(() -> service.output().contains("GET /echo?invalid "));
      String shown = json ? "\"requestId\":\"" + trace + "\"" : " \"" + trace + "\"";
      for (String target : List.of("/?trace", "/echo?trace")) {
        assertThat(accesses(service, target)).allMatch(line -> line.contains(shown));
      }
      assertThat(service.output()).doesNotContain(noTrace);
    }
  }

  @Test
  void canBeTurnedOff() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of("LAB_DEMO_ACCESS_LOG", "false"))) {
      // When
      service.get("/?quiet");
      service.terminate();
      service.exitCode();

      // Then
      assertThat(service.output()).contains("served 1 request").doesNotContain("GET /?quiet");
    }
  }

  private static List<String> lines(PackagedService service) {
    return service.output().lines().filter(line -> line.contains("[access-log]")).toList();
  }

  private static void get(URI uri, String userAgent) throws IOException, InterruptedException {
    HTTP.send(
        HttpRequest.newBuilder(uri).header("User-Agent", userAgent).build(),
        BodyHandlers.discarding());
  }
}
