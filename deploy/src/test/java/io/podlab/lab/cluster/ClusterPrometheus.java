package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.monitoring.DashboardQueries;
import io.podlab.lab.monitoring.PodDiscovery;
import io.podlab.lab.process.Command;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prometheus beside the cluster, with the cluster's configuration. Debian builds it without {@code
 * kubernetes_sd_configs}: what that would find with the rights of Prometheus' own account is
 * written to a file, and all from the relabeling on is the configuration's.
 */
final class ClusterPrometheus implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final int port;

  private ClusterPrometheus(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param namespaces whose pods it scrapes; it may list those of all, but others use the cluster
   */
  static ClusterPrometheus start(RealCluster cluster, Path folder, String... namespaces)
      throws Exception {
    String account = "system:serviceaccount:" + cluster.namespace() + ":prometheus";
    List<JsonNode> pods = new ArrayList<>();
    for (JsonNode pod : cluster.get("pods", "--all-namespaces", "--as", account).path("items")) {
      if (List.of(namespaces).contains(pod.at("/metadata/namespace").asText())) {
        pods.add(pod);
      }
    }
    Path targets = folder.resolve("targets.json");
    JSON.writeValue(targets.toFile(), PodDiscovery.targets(pods));
    Path source = RealCluster.ROOT.resolve("deploy/monitoring/prometheus");
    String config = Files.readString(source.resolve("cluster/prometheus.yml"));
    String discovery = "(?s)kubernetes_sd_configs:.*?(?=    relabel_configs:)";
    assertThat(config).containsPattern(discovery);
    Path changed =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            config
                .replaceFirst(discovery, "file_sd_configs:\n      - files: [" + targets + "]\n")
                .replace("/etc/prometheus/rules", source.resolve("rules").toString())
                .replace("*.yml", "podlab.yml"));
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    return new ClusterPrometheus(
        Command.of(
                "prometheus",
                "--config.file=" + changed,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .builder()
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start(),
        port);
  }

  /** {@code JOB NAMESPACE POD} of each target that answers; two targets of a pod are two. */
  List<String> targetsThatAreUp() throws Exception {
    List<String> targets = new ArrayList<>();
    for (JsonNode target : api("targets?state=active").path("activeTargets")) {
      if (target.path("health").asText().equals("up")) {
        targets.add(named("job", target));
      }
    }
    return targets;
  }

  /** {@code ALERT NAMESPACE POD} of each alert that fires. */
  Set<String> firing() throws Exception {
    Set<String> alerts = new TreeSet<>();
    for (JsonNode alert : api("alerts").path("alerts")) {
      if (alert.path("state").asText().equals("firing")) {
        alerts.add(named("alertname", alert));
      }
    }
    return alerts;
  }

  private static String named(String first, JsonNode labeled) {
    JsonNode labels = labeled.path("labels");
    return Stream.of(first, "namespace", "pod")
        .map(label -> labels.path(label).asText())
        .collect(Collectors.joining(" "));
  }

  DashboardQueries dashboards() {
    return DashboardQueries.ofScrapesEach5Seconds(URI.create("http://127.0.0.1:" + port));
  }

  private JsonNode api(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
                HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(answer.body()).path("data");
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
