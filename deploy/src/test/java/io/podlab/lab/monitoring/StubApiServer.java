package io.podlab.lab.monitoring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The part of an API server that the board and configmap-service use: a namespace with one pod and
 * one ConfigMap. Each change ends the watches, and the next watch starts with the change. It can be
 * stopped and started again at the same port.
 */
final class StubApiServer implements AutoCloseable {
  static final String NAMESPACE = "shop";
  static final String CONFIG_MAP = "shop";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<CountDownLatch> watches = new ArrayList<>();
  private final FailingPod pod = new FailingPod(NAMESPACE);
  private volatile int restarts;
  private volatile Map<String, String> data;
  private volatile int revision = 1;
  private int port;
  private HttpServer server;
  private ExecutorService threads;

  StubApiServer(Map<String, String> data) throws IOException {
    this.data = Map.copyOf(data);
    start();
  }

  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    port = server.getAddress().getPort();
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  void stop() {
    endWatches();
    server.stop(0);
    threads.shutdownNow();
  }

  private void endWatches() {
    synchronized (watches) {
      watches.forEach(CountDownLatch::countDown);
      watches.clear();
    }
  }

  /** The liveness probe of the pod has failed, and its container restarts. */
  void restartPod() {
    restarts++;
    revision++;
    // The client opens a new watch, which starts with the change.
    endWatches();
  }

  void setConfigMap(Map<String, String> newData) {
    data = Map.copyOf(newData);
    revision++;
    endWatches();
  }

  /** A file for KUBECONFIG. */
  Path kubeconfig(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: stub
        contexts: [{name: stub, context: {cluster: stub, user: stub, namespace: %s}}]
        clusters: [{name: stub, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: stub, user: {token: stub}}]
        """
            .formatted(NAMESPACE, port));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getQuery();
    try (exchange) {
      if (exchange.getRequestHeaders().containsKey("Upgrade")) {
        // The client tries a web socket first, and then plain HTTP.
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      if (query != null && query.contains("watch=true")) {
        watch(exchange, path, query);
        return;
      }
      byte[] body = JSON.writeValueAsString(object(path)).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void watch(HttpExchange exchange, String path, String query) throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    synchronized (watches) {
      watches.add(end);
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    if (!query.contains("resourceVersion=" + revision + "&")) {
      for (Object object : items(path)) {
        String event = JSON.writeValueAsString(Map.of("type", "MODIFIED", "object", object));
        exchange.getResponseBody().write((event + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    exchange.getResponseBody().flush();
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Object> items(String path) {
    if (path.endsWith("/configmaps")) {
      return List.of(configMap());
    }
    if (path.endsWith("/pods")) {
      return List.of(pod.pod(restarts, revision));
    }
    return path.endsWith("/events") && restarts > 0
        ? List.of(pod.event(restarts, revision))
        : List.of();
  }

  private Object object(String path) {
    if (path.equals("/version")) {
      return Map.of("major", "1", "minor", "33", "gitVersion", "v1.33.0");
    }
    if (path.equals("/api/v1/namespaces/" + NAMESPACE)) {
      return Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", NAMESPACE));
    }
    if (path.endsWith("/configmaps/" + CONFIG_MAP)) {
      return configMap();
    }
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "List",
        "metadata",
        Map.of("resourceVersion", "" + revision),
        "items",
        items(path));
  }

  private Map<String, Object> configMap() {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "ConfigMap",
        "metadata",
        Map.of(
            "name",
            CONFIG_MAP,
            "namespace",
            NAMESPACE,
            "uid",
            "0c1d",
            "resourceVersion",
            "" + revision),
        "data",
        data);
  }

  @Override
  public void close() {
    stop();
  }
}
