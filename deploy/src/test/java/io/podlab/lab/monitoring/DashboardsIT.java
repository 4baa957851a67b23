package io.podlab.lab.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.podlab.lab.monitoring.DashboardQueries.Selection;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every query of every dashboard finds data in a Prometheus that has scraped the five services
 * while each of their faults happened. Skipped where Prometheus is not installed.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class DashboardsIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String NAMESPACE = "shop";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path folder;

  private static final Map<Service, Integer> PORTS = new EnumMap<>(Service.class);
  private static final Map<Service, Process> PROCESSES = new EnumMap<>(Service.class);
  private static final BlockingQueue<Map<String, Object>> PODS = new LinkedBlockingQueue<>();
  private static final BlockingQueue<Map<String, Object>> EVENTS = new LinkedBlockingQueue<>();
  private static final FailingPod POD = new FailingPod(NAMESPACE);
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static final ScheduledExecutorService KUBELET =
      Executors.newSingleThreadScheduledExecutor();
  private static HttpServer api;
  private static Process prometheus;
  private static URI prometheusAddress;
  private static Instant begin;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        SearchPath.ofThisProcess().find("prometheus").isPresent(), "prometheus is not installed");
    begin = Instant.now();
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.setExecutor(THREADS);
    api.createContext("/", DashboardsIT::answerAsApiServer);
    api.start();
    Files.writeString(Files.createDirectory(folder.resolve("config")).resolve("color"), "blue");
    for (Service service : Service.values()) {
      PORTS.put(service, freePort());
      PROCESSES.put(service, start(service));
    }
    startPrometheus();
    for (Service service : Service.values()) {
      Awaitility.await(service.title())
          .atMost(Duration.ofSeconds(90))
          .ignoreExceptions()
          .until(() -> value("min(up{job=\"" + service.title() + "\"})") == 1);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    List<Process> all = new ArrayList<>(PROCESSES.values());
    if (prometheus != null) {
      all.add(prometheus);
    }
    all.forEach(Process::destroy);
    for (Process process : all) {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
    if (api != null) {
      api.stop(0);
    }
    KUBELET.shutdownNow();
    THREADS.shutdownNow();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process start(Service service) throws IOException {
    Path kubeconfig =
        Files.writeString(
            folder.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            current-context: c
            contexts: [{name: c, context: {cluster: c, user: c, namespace: %s}}]
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
            users: [{name: c, user: {token: c}}]
            """
                .formatted(NAMESPACE, api.getAddress().getPort()));
    return new Project(ROOT, "test")
        .run(service, PORTS.get(service), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
        .withEnvironment(
            Map.of(
                "KUBECONFIG", kubeconfig.toString(),
                "LAB_BOARD_INSIDE", "off",
                "LAB_CONFIG_DIR", folder.resolve("config").toString(),
                "LAB_DEMO_DRAIN", "4s",
                "LAB_DEMO_FAULTS", "true",
                "LAB_PROBE_FILES", folder.toString(),
                "LAB_PROBE_LISTEN_GRPC", "0",
                "LAB_PROBE_LISTEN_TCP", "0",
                "LAB_TOKEN_BACKEND", "file",
                "LAB_TOKEN_DIR", folder.resolve("tokens").toString()))
        .builder()
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(folder.resolve(service.title() + ".log").toFile()))
        .start();
  }

  /** Scrapes each service twice: once as on a laptop, once with the labels of a cluster. */
  private static void startPrometheus() throws IOException {
    StringBuilder config =
        new StringBuilder(
            """
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: [rules.yml]
            scrape_configs:
            """);
    PORTS.forEach(
        (service, port) ->
            config.append(
                """
                  - job_name: %1$s
                    static_configs:
                      - targets: ["127.0.0.1:%2$d"]
                      - targets: ["127.0.0.1:%2$d"]
                        labels: {namespace: podlab, pod: %1$s-0}
                """
                    .formatted(service.title(), port)));
    Files.writeString(folder.resolve("prometheus.yml"), config);
    Files.writeString(
        folder.resolve("rules.yml"),
        """
        groups:
          - name: podlab
            rules:
              - {alert: PodlabProbeFailing, expr: 'rate(lab_probe_requests_total{result!="ok"}[1m]) > 0', for: 2s}
        """);
    int port = freePort();
    prometheusAddress = URI.create("http://127.0.0.1:" + port);
    prometheus =
        Command.of(
                "prometheus",
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port)
            .builder()
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
  }

  private static double value(String query) throws Exception {
    String answer =
        HTTP.send(
                HttpRequest.newBuilder(
                        URI.create(
                            prometheusAddress
                                + "/api/v1/query?query="
                                + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return new ObjectMapper().readTree(answer).at("/data/result/0/value/1").asDouble();
  }

  // --- The board's API server: a namespace with one pod, whose changes are sent as they come ----

  private static void answerAsApiServer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getQuery();
    ObjectMapper json = new ObjectMapper();
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (exchange.getRequestHeaders().containsKey("Upgrade")) {
        // No web sockets: the client then watches over HTTP.
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      if (query == null || !query.contains("watch=true")) {
        Object answer =
            path.equals("/version")
                ? Map.of("major", "1", "minor", "33", "gitVersion", "v1.33.0")
                : Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "List",
                    "metadata",
                    Map.of("resourceVersion", "5"),
                    "items",
                    path.endsWith("/pods") ? List.of(POD.pod(0, 5)) : List.of());
        byte[] body = json.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        return;
      }
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
      BlockingQueue<Map<String, Object>> changes =
          path.endsWith("/pods")
              ? PODS
              : path.endsWith("/events") ? EVENTS : new LinkedBlockingQueue<>();
      // As an API server, it ends each watch before long: the client asks for it.
      Map<String, Object> object = changes.poll(25, TimeUnit.SECONDS);
      while (object != null) {
        exchange
            .getResponseBody()
            .write(json.writeValueAsBytes(Map.of("type", "MODIFIED", "object", object)));
        exchange.getResponseBody().write('\n');
        exchange.getResponseBody().flush();
        object = changes.poll(25, TimeUnit.SECONDS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  // --- What happens before the dashboards are looked at --------------------------------------

  private static int send(Service service, String method, String path, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORTS.get(service) + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (service == Service.TOKEN_SERVICE && !body.equals("anonymous")) {
      request.header(
          "Authorization",
          "Bearer " + Files.readString(folder.resolve("tokens/admin-token")).strip());
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private static void breakOneThingAfterAnother() throws Exception {
    KUBELET.scheduleWithFixedDelay(DashboardsIT::probe, 0, 300, TimeUnit.MILLISECONDS);
    PODS.add(POD.pod(1, 6));
    EVENTS.add(POD.event(1, 7));

    send(Service.DEMO_APP, "GET", "/", "");
    send(Service.DEMO_APP, "POST", "/faults/errors?rate=1&for=5s", "");
    send(Service.DEMO_APP, "GET", "/", "");
    send(Service.DEMO_APP, "PUT", "/readyz", "fail:5s");
    Command.of("kill", "-HUP", Long.toString(PROCESSES.get(Service.DEMO_APP).pid())).run();

    send(Service.PROBE_TARGET, "PUT", "/probes/liveness", "fail");
    send(Service.TOKEN_SERVICE, "POST", "/tokens", "ttl=1h");
    send(Service.TOKEN_SERVICE, "POST", "/tokens", "ttl=never");
    send(Service.TOKEN_SERVICE, "GET", "/tokens", "anonymous");

    Path color = folder.resolve("config/color");
    Files.writeString(color, "red");
    awaitValue("max(increase(lab_config_reloads_total{result=\"success\"}[1m])) > 0");
    Files.writeString(color, "no-color");
    awaitValue("max(increase(lab_config_reloads_total{result=\"rejected\"}[1m])) > 0");

    awaitValue("min(lab_demo_probe_ok{probe=\"readiness\"}) == 1");
    PROCESSES.get(Service.DEMO_APP).destroy();
    PROCESSES.get(Service.DEMO_APP).waitFor();
    awaitValue("max(up{job=\"demo-app\"}) == bool 0");
  }

  private static void probe() {
    for (String probe : List.of("/healthz", "/readyz", "/startupz")) {
      try {
        send(Service.PROBE_TARGET, "GET", probe, "");
      } catch (Exception noAnswer) {
        // Asked again.
      }
    }
  }

  private static void awaitValue(String query) {
    Awaitility.await(query)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(250))
        .until(() -> value(query) > 0);
  }

  static List<Selection> selections() {
    return List.of(Selection.ALL, Selection.LAPTOP, Selection.CLUSTER);
  }

  private static boolean broken;

  @ParameterizedTest
  @MethodSource("selections")
  void everyQueryFindsData(Selection selection) throws Exception {
    if (!broken) {
      breakOneThingAfterAnother();
      broken = true;
    }
    DashboardQueries queries = new DashboardQueries(prometheusAddress);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(queries.withoutData(selection, begin)).isEmpty());
  }
}
