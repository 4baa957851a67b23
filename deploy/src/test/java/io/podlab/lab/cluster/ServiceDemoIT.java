package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The training's Service and Endpoints demo, with our demo-app in place of its image. The document
 * has no manifest for it: it makes the Deployment with {@code kubectl create}, and so does this
 * test.
 */
@Tag("cluster")
class ServiceDemoIT {
  @Test
  void aServiceSpreadsRequestsOverThePodsOfADeployment() throws Exception {
    try (RealCluster cluster = RealCluster.withNamespace("training-service")) {
      // Given
      cluster.kubectl("create", "deployment", "demo", "--image", "quay.io/junkai/demo:1.0");
      cluster.kubectl("expose", "deploy/demo", "--port=8080");
      RealCluster.await().until(() -> cluster.endpoints("demo").size() == 1);
      String address = cluster.clusterIp("demo");

      // When
      cluster.kubectl("scale", "--replicas=3", "deploy/demo");
      RealCluster.await().until(() -> cluster.endpoints("demo").size() == 3);

      // kube-proxy updates its rules some time after the endpoints.
      Set<String> answering = new HashSet<>();
      RealCluster.await()
          .until(() -> answering.add(podThatAnswers(address)) && answering.size() == 3);

      // Then
      Map<String, Integer> answers = new TreeMap<>();
      for (int i = 0; i < 120; i++) {
        answers.merge(podThatAnswers(address), 1, Integer::sum);
      }
      assertThat(cluster.clusterIp("demo")).isEqualTo(address);
      assertThat(answers.keySet())
          .containsExactlyInAnyOrderElementsOf(cluster.readyPods("app=demo"));
      // With a uniform choice, a pod gets fewer than 10 of 120 once in ten billion runs.
      assertThat(answers.values()).allMatch(count -> count >= 10);
    }
  }

  private static String podThatAnswers(String address) throws Exception {
    return RealCluster.run("curl", "-sS", "--fail", "http://" + address + ":8080/")
        .split("[ ,]")[1];
  }
}
