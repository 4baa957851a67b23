package io.podlab.token.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Returns the responses of a test and records the requests. TokenServiceIT tests the real one. */
public final class FakeApiServer implements AutoCloseable {
  /** A request, for example {@code GET /api/v1/namespaces/…?…}. */
  public record Asked(String line, String body) {}

  /** A response. */
  public record Reply(int status, String body) {
    /** An error in the form of the API server. */
    public static Reply failure(int status, String message) {
      return new Reply(
          status,
          "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":%d,\"message\":\"%s\"}"
              .formatted(status, message.replace("\"", "\\\"")));
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final KubernetesClient client;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Function<Asked, Reply> behavior;

  public FakeApiServer(Function<Asked, Reply> behavior) {
    this.behavior = behavior;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .withConnectionTimeout(500)
            .withRequestTimeout(1500)
            .withRequestRetryBackoffLimit(0)
            .build();
    this.client =
        new KubernetesClientBuilder()
            .withHttpClientFactory(new VertxHttpClientFactory())
            .withConfig(config)
            .build();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Asked request = new Asked(exchange.getRequestMethod() + " " + exchange.getRequestURI(), body);
      asked.add(request);
      Reply reply = behavior.apply(request);
      byte[] content = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), content.length);
      exchange.getResponseBody().write(content);
    }
  }

  public ApiServer api() {
    return new ApiServer(client);
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  public void behave(Function<Asked, Reply> other) {
    behavior = other;
  }

  /** From now on it accepts requests and does not answer them. */
  public void hang() {
    behave(
        request -> {
          try {
            closed.await();
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
          }
          return Reply.failure(500, "late");
        });
  }

  /** From now on the port is closed. */
  public void stop() {
    server.stop(0);
  }

  @Override
  public void close() {
    closed.countDown();
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
