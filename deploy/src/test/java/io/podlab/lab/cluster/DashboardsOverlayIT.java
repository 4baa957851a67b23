package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kubectl apply -k deploy/monitoring/grafana}. */
@Tag("cluster")
class DashboardsOverlayIT {
  private static final Path GRAFANA = RealCluster.ROOT.resolve("deploy/monitoring/grafana");

  @Test
  void givesTheSidecarEachDashboardAsItsFileHasIt() throws Exception {
    try (RealCluster cluster = RealCluster.withNamespace("dashboards-it")) {
      // When
      cluster.kubectl("apply", "-k", GRAFANA.toString());

      // Then
      Map<String, JsonNode> applied = new TreeMap<>();
      for (JsonNode map : cluster.get("configmaps", "-l", "grafana_dashboard=1").path("items")) {
        for (Map.Entry<String, JsonNode> file : map.path("data").properties()) {
          applied.put(file.getKey(), new ObjectMapper().readTree(file.getValue().asText()));
        }
      }
      assertThat(applied).isEqualTo(files());
    }
  }

  private static Map<String, JsonNode> files() throws IOException {
    Map<String, JsonNode> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(GRAFANA.resolve("dashboards"))) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
      }
    }
    return files;
  }
}
