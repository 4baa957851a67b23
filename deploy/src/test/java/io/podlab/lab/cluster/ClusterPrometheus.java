package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  static ClusterPrometheus start(RealCluster cluster, Path folder) throws Exception {
    JsonNode pods =
        cluster.get("pods", "--as", "system:serviceaccount:" + cluster.namespace() + ":prometheus");
    Path targets = folder.resolve("targets.json");
    JSON.writeValue(targets.toFile(), targets(pods.path("items")));
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

  /** As Prometheus' documentation of the role {@code pod} has it: one for each container port. */
  private static ArrayNode targets(JsonNode pods) {
    ArrayNode targets = JSON.createArrayNode();
    for (JsonNode pod : pods) {
      if (!pod.at("/status/podIP").asText().isEmpty()) {
        for (JsonNode container : pod.at("/spec/containers")) {
          for (JsonNode port : container.path("ports")) {
            ObjectNode target = targets.addObject();
            target
                .putArray("targets")
                .add(pod.at("/status/podIP").asText() + ":" + port.path("containerPort").asInt());
            labels(target.putObject("labels"), pod);
          }
        }
      }
    }
    return targets;
  }

  private static void labels(ObjectNode labels, JsonNode pod) {
    String prefix = "__meta_kubernetes_";
    labels.put(prefix + "namespace", pod.at("/metadata/namespace").asText());
    labels.put(prefix + "pod_name", pod.at("/metadata/name").asText());
    labels.put(prefix + "pod_phase", pod.at("/status/phase").asText());
    labels.put(prefix + "pod_node_name", pod.at("/spec/nodeName").asText());
    for (String kind : List.of("label", "annotation")) {
      pod.at("/metadata/" + kind + "s")
          .properties()
          .forEach(
              one ->
                  labels.put(
                      prefix + "pod_" + kind + "_" + one.getKey().replaceAll("\\W", "_"),
                      one.getValue().asText()));
    }
  }

  /** {@code JOB NAMESPACE POD} of each. */
  List<String> targetsThatAreUp() throws Exception {
    String answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=up==1"))
                    .timeout(Duration.ofSeconds(5))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    List<String> targets = new ArrayList<>();
    for (JsonNode one : JSON.readTree(answer).at("/data/result")) {
      JsonNode labels = one.path("metric");
      targets.add(
          labels.path("job").asText()
              + " "
              + labels.path("namespace").asText()
              + " "
              + labels.path("pod").asText());
    }
    return targets;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
