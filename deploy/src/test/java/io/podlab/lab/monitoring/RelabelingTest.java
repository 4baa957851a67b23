package io.podlab.lab.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which pods Prometheus scrapes in a cluster, and with which labels: {@code promtool} applies the
 * relabeling to the pods of {@code monitoring/pods.yml}.
 */
class RelabelingTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path FOLDER = RunningServices.ROOT.resolve("deploy/monitoring/prometheus");
  private static final Path PODS = Path.of("src/test/resources/monitoring/pods.yml");
  private static final String NAME = "/metadata/name";

  /** The rules that the operator adds before the relabelings of a PodMonitor. */
  private static final String OPERATOR =
      """
      - {action: drop, source_labels: [__meta_kubernetes_pod_label_app_kubernetes_io_part_of], regex: podlab}
      - {source_labels: [__meta_kubernetes_namespace], target_label: namespace}
      - {source_labels: [__meta_kubernetes_pod_container_name], target_label: container}
      - {source_labels: [__meta_kubernetes_pod_name], target_label: pod}
      - {target_label: job, replacement: podlab/images}
      """;

  @TempDir Path folder;

  @Test
  void thePrometheusOfTheOverlayHasOneTargetPerPod() throws Exception {
    JsonNode config = YAML.readTree(FOLDER.resolve("cluster/prometheus.yml").toFile());
    assertThat(targets(config.at("/scrape_configs/0/relabel_configs"))).isEqualTo(expected(true));
  }

  @Test
  void thePodMonitorHasOneTargetPerPodThatNoServiceMonitorHas() throws Exception {
    // Given
    JsonNode monitor = YAML.readTree(FOLDER.resolve("operator/podmonitor.yaml").toFile());
    assertThat(monitor.at("/spec/podMetricsEndpoints/0/interval"))
        .isEqualTo(
            YAML.readTree(FOLDER.resolve("cluster/prometheus.yml").toFile())
                .at("/global/scrape_interval"));
    assertThat(monitor.at("/spec/selector"))
        .isEqualTo(
            YAML.readTree(
                "matchExpressions: [{key: app.kubernetes.io/part-of, operator: NotIn, values: [podlab]}]"));
    ArrayNode rules = (ArrayNode) YAML.readTree(OPERATOR);
    for (JsonNode relabeling : monitor.at("/spec/podMetricsEndpoints/0/relabelings")) {
      ObjectNode rule = rules.addObject();
      relabeling
          .properties()
          .forEach(
              field ->
                  rule.set(
                      field.getKey().replaceAll("([A-Z])", "_$1").toLowerCase(), field.getValue()));
    }

    // Then
    assertThat(targets(rules)).isEqualTo(expected(false));
  }

  private static Map<String, Set<String>> expected(boolean ofDeployments) throws IOException {
    Map<String, Set<String>> expected = new TreeMap<>();
    for (JsonNode pod : YAML.readTree(PODS.toFile()).path("items")) {
      String target = pod.at("/metadata/annotations/expected").asText();
      if (!target.isEmpty() && (ofDeployments || target.endsWith(" image"))) {
        expected.put(pod.at(NAME).asText(), Set.of(target));
      }
    }
    assertThat(expected).hasSizeGreaterThan(7);
    return expected;
  }

  /**
   * The targets of each pod: job, address and found_by. Prometheus merges targets with the same
   * address and the same visible labels.
   */
  private Map<String, Set<String>> targets(JsonNode rules) throws Exception {
    assumeThat(SearchPath.ofThisProcess().find("promtool")).as("promtool").isPresent();
    JsonNode pods = YAML.readTree(PODS.toFile()).path("items");
    YAML.writeValue(folder.resolve("targets.yml").toFile(), PodDiscovery.targets(pods));
    ObjectNode config = YAML.createObjectNode();
    ObjectNode job = config.putArray("scrape_configs").addObject().put("job_name", "pods");
    job.putArray("file_sd_configs").addObject().putArray("files").add(folder + "/targets.yml");
    job.set("relabel_configs", rules);
    YAML.writeValue(folder.resolve("prometheus.yml").toFile(), config);

    Command.Result result =
        Command.of("promtool", "check", "service-discovery", "--timeout=1s")
            .with(folder.resolve("prometheus.yml").toString(), "pods")
            .run();
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();

    Map<String, Set<String>> labels = new TreeMap<>();
    Map<String, Set<String>> targets = new TreeMap<>();
    for (JsonNode one : YAML.readTree(result.out())) {
      JsonNode found = one.path("labels");
      if (found.isEmpty()) {
        continue;
      }
      String pod = found.path("pod").asText();
      ObjectNode visible = found.deepCopy();
      visible.properties().removeIf(label -> label.getKey().startsWith("__"));
      labels.computeIfAbsent(pod, any -> new TreeSet<>()).add(visible.toString());
      targets
          .computeIfAbsent(pod, any -> new TreeSet<>())
          .add(
              "%s %s %s"
                  .formatted(
                      found.path("job").asText(),
                      found.path("__address__").asText(),
                      found.path("found_by").asText("-")));
      assertThat(found.path("namespace").asText()).isNotEmpty();
      assertThat(found.path("__metrics_path__").asText()).isEqualTo("/metrics");
    }
    assertThat(labels).as("labels").allSatisfy((pod, all) -> assertThat(all).as(pod).hasSize(1));
    return targets;
  }
}
