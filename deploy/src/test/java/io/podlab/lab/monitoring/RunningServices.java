package io.podlab.lab.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.process.Command;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged services on free ports of 127.0.0.1, with all features that have metrics. */
final class RunningServices implements AutoCloseable {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final Path folder;
  private final Map<Service, Integer> ports = new EnumMap<>(Service.class);
  private final Map<Service, Process> processes = new EnumMap<>(Service.class);
  private final Map<String, String> environment = new LinkedHashMap<>();

  private RunningServices(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts all five and returns when they are ready.
   *
   * @param api the API server of the board and of configmap-service
   */
  static RunningServices start(Path folder, StubApiServer api) throws Exception {
    RunningServices services = new RunningServices(folder);
    services.environment.putAll(
        Map.of(
            "KUBECONFIG", api.kubeconfig(folder).toString(),
            "LAB_BOARD_INSIDE", "off",
            "LAB_CONFIG_CONFIGMAP", StubApiServer.NAMESPACE + "/" + StubApiServer.CONFIG_MAP,
            "LAB_CONFIG_STALE", "ready",
            "LAB_DEMO_FAULTS", "true",
            "LAB_DEMO_ACCESS_LOG", "false",
            "LAB_PROBE_FILES", folder.toString(),
            "LAB_TOKEN_BACKEND", "file",
            "LAB_TOKEN_DIR", folder.resolve("tokens").toString()));
    services.environment.putAll(Map.of("LAB_PROBE_LISTEN_GRPC", "0", "LAB_PROBE_LISTEN_TCP", "0"));
    // Long enough for a scrape during the shutdown.
    services.environment.put("LAB_DEMO_DRAIN", "3s");
    try {
      for (Service service : Service.values()) {
        services.ports.put(service, freePort());
        services.launch(service, Map.of());
      }
      for (Service service : Service.values()) {
        services.awaitReady(service);
      }
      return services;
    } catch (Throwable failure) {
      services.close();
      throw failure;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void launch(Service service, Map<String, String> more) throws IOException {
    Command command =
        new Project(ROOT, "test")
            .run(service, ports.get(service), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .withEnvironment(environment)
            .withEnvironment(more);
    processes.put(
        service,
        command
            .builder()
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(service.title() + ".log").toFile()))
            .start());
  }

  private void awaitReady(Service service) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              assertThat(processes.get(service).isAlive()).as(log(service)).isTrue();
              assertThat(get(service, "/q/health/ready").statusCode())
                  .as(log(service))
                  .isEqualTo(200);
            });
  }

  private String log(Service service) throws IOException {
    return Files.readString(folder.resolve(service.title() + ".log"));
  }

  void stop(Service service) throws InterruptedException {
    Process process = processes.get(service);
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  void reload(Service service) throws InterruptedException {
    Command.of("kill", "-HUP", Long.toString(processes.get(service).pid())).run();
  }

  /** After {@link #stop}, at the same port. */
  void startAgain(Service service, Map<String, String> more) throws IOException {
    launch(service, more);
    awaitReady(service);
  }

  int port(Service service) {
    return ports.get(service);
  }

  URI uri(Service service, String path) {
    return URI.create("http://127.0.0.1:" + ports.get(service) + path);
  }

  HttpResponse<String> get(Service service, String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(service, path)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(
        request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a request, and fails the test if the answer is not a success. */
  String change(Service service, String method, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(service, path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (service == Service.TOKEN_SERVICE) {
      request.header("Authorization", "Bearer " + adminToken());
    }
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
    return answer.body();
  }

  String adminToken() throws IOException {
    return Files.readString(folder.resolve("tokens/admin-token")).strip();
  }

  Exposition metrics(Service service) throws Exception {
    HttpResponse<String> answer = get(service, "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    return Exposition.parse(answer.body());
  }

  @Override
  public void close() {
    processes.values().forEach(Process::destroy);
    for (Process process : processes.values()) {
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
