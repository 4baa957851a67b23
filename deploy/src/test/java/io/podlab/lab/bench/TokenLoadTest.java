package io.podlab.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.podlab.lab.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenLoadTest {
  @TempDir Path state;

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private volatile int created = 201;

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext(
        "/tokens",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] answer = "no".getBytes(StandardCharsets.US_ASCII);
          boolean create = exchange.getRequestMethod().equals("POST");
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(create ? created : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void createsAThousandTokensAndListsThem() throws Exception {
    // When
    TokenSample sample = load().measure(state);

    // Then
    assertThat(asked).filteredOn(request -> request.startsWith("POST ")).hasSize(1_000);
    assertThat(sample.createsPerSecond()).isPositive();
    assertThat(sample.listP95Millis()).isGreaterThanOrEqualTo(sample.listP50Millis());
    assertThat(sample.syncedWritesPerSecond()).isPositive();
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void showsTheAdministratorsTokenWhereThereIsOne() throws Exception {
    // Given
    Path folder = Files.createDirectories(state.resolve("podlab/token-service"));
    Files.writeString(folder.resolve("admin-token"), "secret\n");

    // When
    load().measure(state);

    // Then
    assertThat(asked).allMatch(request -> request.endsWith(" Bearer secret"));
  }

  @Test
  void countsNothingThatWasRefused() {
    // Given
    created = 429;

    // When, Then
    assertThatThrownBy(() -> load().measure(state))
        .hasRootCauseInstanceOf(Failure.class)
        .hasRootCauseMessage("token-service answered no");
  }

  private TokenLoad load() throws Exception {
    return TokenLoad.of(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ca/hash"), state);
  }
}
