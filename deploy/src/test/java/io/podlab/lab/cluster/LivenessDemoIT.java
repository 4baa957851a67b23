package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The training's {@code liveness + http} demo, with our probe-target instead of its image. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LivenessDemoIT {
  private static RealCluster cluster;

  @BeforeAll
  static void applyTheTrainingsManifest() throws Exception {
    cluster = RealCluster.withNamespace("training-liveness");
    cluster.applyTraining("liveness-http.yaml");
  }

  @AfterAll
  static void leaveNothing() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void theHistoryShowsTheKubeletAndItsHeader() {
    // Given
    AtomicReference<JsonNode> history = new AtomicReference<>();

    // When
    RealCluster.await()
        .until(
            () -> {
              history.set(ProbeTarget.in(cluster, "liveness-http").history("liveness"));
              return !history.get().isEmpty();
            });

    // Then
    JsonNode first = history.get().path(0);
    assertThat(first.path("userAgent").asText()).startsWith("kube-probe/1.");
    assertThat(first.path("headers").path("Custom-Header").asText()).isEqualTo("Awesome");
  }

  @Test
  @Order(2)
  void theKubeletRestartsTheContainerAfterThreeFailedProbes() throws Exception {
    // When
    JsonNode last = cluster.lastEnd("liveness-http");

    // Then
    // The kubelet posts events with a delay.
    RealCluster.await().until(() -> events("Killing") == 1);
    RealCluster.await().until(() -> events("Unhealthy") >= 3);
    assertThat(events("Unhealthy")).isEqualTo(3);
    assertThat(last.path("exitCode").asInt()).isEqualTo(143);
    assertThat(cluster.kubectl("describe", "pod", "liveness-http"))
        .contains("Liveness probe failed: HTTP probe failed with statuscode: 500")
        .containsPattern("liveness failed from 10.0s; . probes ok, 3 failed; SIGTERM after 1..?.s");
  }

  private static int events(String reason) throws Exception {
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
