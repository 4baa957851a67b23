package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The training's {@code prestop} demo, with our demo-app in place of its image. */
@Tag("cluster")
class PreStopDemoIT {
  @Test
  void aPodThatIsDeletedLosesNoRequestAndGetsNoneOnceItsEndpointIsGone() throws Exception {
    try (RealCluster cluster = RealCluster.withNamespace("training-prestop")) {
      // Given
      cluster.applyTraining("prestop.yaml");
      cluster.kubectl("expose", "deploy/prestop", "--port=8080");
      cluster.kubectl("scale", "--replicas=2", "deploy/prestop");
      RealCluster.await().until(() -> cluster.endpoints("prestop").size() == 2);
      for (String pod : cluster.readyPods("app=prestop")) {
        // The training's manifest has no readiness probe, so a ready pod may not listen yet.
        String url = "http://" + cluster.podIp(pod) + ":8080/";
        RealCluster.await().until(() -> !RealCluster.run("curl", "-sS", url).isEmpty());
      }
      String leaving = cluster.readyPods("app=prestop").get(0);
      String address = cluster.podIp(leaving);
      assertThat(cluster.kubectl("exec", leaving, "--", "cat", "/usr/share/message"))
          .isEqualTo("Hello from the postStart handler\n");

      try (SteadyLoad traffic = SteadyLoad.onNewConnections(cluster.clusterIp("prestop"))) {
        RealCluster.await().until(() -> log(cluster, leaving).size() > 20);

        // When
        cluster.kubectl("delete", "pod", leaving, "--wait=false");
        RealCluster.await().until(() -> !cluster.endpoints("prestop").contains(address));
        List<String> atTheEnd = settled(cluster, leaving);
        int answeredBefore = traffic.answered();
        RealCluster.await().until(() -> traffic.answered() > answeredBefore + 200);

        // Then
        assertThat(cluster.kubectl("get", "pod", leaving)).contains("Terminating");
        assertThat(log(cluster, leaving)).isEqualTo(atTheEnd);
        RealCluster.await().until(() -> cluster.kubectl("get", "pods").lines().count() == 3);
        assertThat(traffic.failures()).isEmpty();
        System.out.println("prestop demo: " + traffic.answered() + " answered, 0 lost");
      }
    }
  }

  /** The requests that a pod has logged. */
  private static List<String> log(RealCluster cluster, String pod) throws Exception {
    return cluster.kubectl("logs", pod).lines().filter(line -> line.contains("GET / ")).toList();
  }

  /**
   * The log once it has stood still for three seconds of traffic: kube-proxy hears of an endpoint's
   * end when we do, and takes a sync period to follow.
   */
  private static List<String> settled(RealCluster cluster, String pod) throws Exception {
    AtomicInteger before = new AtomicInteger(-1);
    RealCluster.await()
        .pollInterval(Duration.ofSeconds(3))
        .until(() -> log(cluster, pod).size() == before.getAndSet(log(cluster, pod).size()));
    return log(cluster, pod);
  }
}
