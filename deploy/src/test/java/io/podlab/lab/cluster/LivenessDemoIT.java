package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The training's {@code liveness + http} demo, with our probe-target in place of its image. */
@Tag("cluster")
class LivenessDemoIT {
  @Test
  void theKubeletRestartsTheContainerAfterThreeFailedProbes() throws Exception {
    try (RealCluster cluster = RealCluster.withNamespace("training-liveness")) {
      // Given
      cluster.applyTraining("liveness-http.yaml");

      // When
      RealCluster.await().until(() -> restarts(cluster) == 1);

      // Then
      JsonNode last = container(cluster).path("lastState").path("terminated");
      // Events are posted behind the facts.
      RealCluster.await().until(() -> events(cluster, "Killing") == 1);
      RealCluster.await().until(() -> events(cluster, "Unhealthy") >= 3);
      assertThat(events(cluster, "Unhealthy")).isEqualTo(3);
      assertThat(last.path("exitCode").asInt()).isEqualTo(143);
      assertThat(cluster.kubectl("describe", "pod", "liveness-http"))
          .contains("Liveness probe failed: HTTP probe failed with statuscode: 500");
    }
  }

  private static JsonNode container(RealCluster cluster) throws Exception {
    return cluster.get("pod", "liveness-http").path("status").path("containerStatuses").path(0);
  }

  private static int restarts(RealCluster cluster) throws Exception {
    return container(cluster).path("restartCount").asInt();
  }

  private static int events(RealCluster cluster, String reason) throws Exception {
    int count = 0;
    for (JsonNode event : cluster.get("events").path("items")) {
      boolean counts =
          !reason.equals("Unhealthy") || event.path("message").asText().contains("statuscode: 500");
      if (counts && event.path("reason").asText().equals(reason)) {
        count += event.path("count").asInt(1);
      }
    }
    return count;
  }
}
