package io.podlab.demo.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy that forwards {@code /demo} and the paths below it without this prefix. */
final class StrippingProxy implements AutoCloseable {
  private static final String PREFIX = "/demo";
  private static final List<String> FORWARDED =
      List.of("Content-Type", "Content-Security-Policy", "Cache-Control");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<String> outside = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private final URI target;

  StrippingProxy(URI target) throws IOException {
    this.target = target;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::forward);
    server.start();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** The requested paths that do not have the prefix. */
  List<String> outside() {
    return List.copyOf(outside);
  }

  private void forward(HttpExchange exchange) throws IOException {
    String requested = exchange.getRequestURI().toString();
    if (!requested.matches(PREFIX + "([/?].*)?")) {
      outside.add(requested);
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    String rest = requested.substring(PREFIX.length());
    URI uri = target.resolve(rest.startsWith("/") ? rest : "/" + rest);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method(exchange.getRequestMethod(), BodyPublishers.noBody())
            .header("Accept", exchange.getRequestHeaders().getFirst("Accept"))
            .build();
    try (exchange) {
      HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
      FORWARDED.forEach(
          name ->
              answer
                  .headers()
                  .firstValue(name)
                  .ifPresent(value -> exchange.getResponseHeaders().set(name, value)));
      exchange.sendResponseHeaders(answer.statusCode(), 0);
      copy(answer.body(), exchange.getResponseBody());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends each part at once, because the events of the page never end. */
  private static void copy(InputStream from, OutputStream to) throws IOException {
    try (from) {
      byte[] part = new byte[8192];
      for (int length = from.read(part); length >= 0; length = from.read(part)) {
        to.write(part, 0, length);
        to.flush();
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
