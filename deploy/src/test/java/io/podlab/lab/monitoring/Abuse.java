package io.podlab.lab.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.project.Service;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Requests with random paths, methods, headers, probe names, keys and tokens, over raw sockets,
 * because an HTTP client refuses to send most of them. The fixed seed makes a failure repeatable.
 */
final class Abuse {
  /** Requests per connection. */
  private static final int PIPELINED = 20;

  private static final List<String> PATHS =
      List.of(
          "/%s",
          "/%s/%s",
          "/%%00%s",
          "/%%zz%s",
          "/..%%2f%s",
          "/probes/%s",
          "/probes/%s/history?x=%s",
          "/config/%s",
          "/config?watch=%s",
          "/status/%s",
          "/files/%s",
          "/whoami/%s",
          "/tokens/%s",
          "/ca/hash?%s=%s",
          "/moments?kind=%s",
          "/q/%s",
          "/q/health/%s",
          "/metrics/%s",
          "/metrics?%s",
          "/%s.css",
          "/delay/%sms",
          "/hooks/%s",
          "/faults/%s",
          "/healthz?%s",
          "/%s?%s=%s");

  private static final List<String> METHODS =
      List.of("GET", "GET", "GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE");

  private final RunningServices services;
  private final Map<Service, Integer> sent = new EnumMap<>(Service.class);

  Abuse(RunningServices services) {
    this.services = services;
  }

  int sent(Service service) {
    return sent.getOrDefault(service, 0);
  }

  /** Sends them to all services at the same time. */
  void requests(int count) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(Service.values().length);
    try {
      Map<Service, Future<Integer>> working = new EnumMap<>(Service.class);
      for (Service service : Service.values()) {
        working.put(service, threads.submit(() -> requests(service, count)));
      }
      for (Map.Entry<Service, Future<Integer>> one : working.entrySet()) {
        sent.merge(one.getKey(), one.getValue().get(), Integer::sum);
      }
    } finally {
      threads.shutdownNow();
    }
    for (Service service : Service.values()) {
      assertThat(sent(service)).as(service.title()).isGreaterThanOrEqualTo(count);
    }
  }

  private int requests(Service service, int count) throws IOException {
    Random random = new Random(service.ordinal());
    int requests = 0;
    while (requests < count) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), services.port(service))) {
        socket.setSoTimeout(10_000);
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < PIPELINED; i++) {
          batch.append(request(random, i == PIPELINED - 1));
        }
        requests += PIPELINED;
        try {
          socket.getOutputStream().write(batch.toString().getBytes(StandardCharsets.ISO_8859_1));
          drain(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException refused) {
          // The service closes the connection after a request that it cannot parse.
        }
      }
    }
    return requests;
  }

  private static void drain(InputStream answers) throws IOException {
    byte[] buffer = new byte[8192];
    while (answers.read(buffer) >= 0) {
      continue;
    }
  }

  private static String request(Random random, boolean last) {
    String template = PATHS.get(random.nextInt(PATHS.size()));
    String path = template.formatted(word(random), word(random), word(random));
    String method =
        random.nextInt(4) == 0
            ? word(random).toUpperCase(Locale.ROOT)
            : METHODS.get(random.nextInt(METHODS.size()));
    return "%s %s HTTP/1.1\r\nHost: %s.example\r\nX-%s: %s\r\nUser-Agent: %s\r\nAuthorization: Bearer %s\r\nContent-Length: 0\r\n%s\r\n"
        .formatted(
            method,
            path,
            word(random),
            word(random),
            word(random),
            word(random),
            word(random),
            last ? "Connection: close\r\n" : "");
  }

  private static String word(Random random) {
    return Long.toString(random.nextLong() & Long.MAX_VALUE, 36);
  }

  /** Creates tokens. */
  void tokens(int count) throws Exception {
    String bearer = "Bearer " + services.adminToken();
    int created = 0;
    for (int attempts = 0; created < count && attempts < 3 * count; attempts++) {
      int status =
          services
              .send(
                  HttpRequest.newBuilder(services.uri(Service.TOKEN_SERVICE, "/tokens"))
                      .header("Authorization", bearer)
                      .header("Content-Type", "application/x-www-form-urlencoded")
                      .POST(HttpRequest.BodyPublishers.ofString("ttl=1h&description=" + created)))
              .statusCode();
      if (status == 201) {
        created++;
      }
    }
    assertThat(created).isEqualTo(count);
    sent.merge(Service.TOKEN_SERVICE, count, Integer::sum);
  }
}
