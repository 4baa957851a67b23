package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

/** Restarts, scales and deletes pods of the generated Deployment under load. */
@Tag("cluster")
@Isolated("counts each request")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoRequestLostIT {
  private static final String DEPLOYMENT = "deployment/demo-app";
  private static final int ENOUGH_REQUESTS = 20_000;

  private static RealCluster cluster;

  @BeforeAll
  static void threeReplicas() throws Exception {
    cluster = RealCluster.withNamespace("no-request-lost");
    cluster.kubectl(
        "apply", "-f", RealCluster.ROOT.resolve("deploy/generated/demo-app.yml").toString());
    scaleTo(3);
  }

  @AfterAll
  static void leaveNothing() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void awaitEndpoints(int number) {
    RealCluster.await().until(() -> cluster.endpoints("demo-app").size() == number);
  }

  private static void scaleTo(int pods) throws Exception {
    cluster.kubectl("scale", "--replicas=" + pods, DEPLOYMENT);
    awaitEndpoints(pods);
  }

  private static void restart() throws Exception {
    cluster.kubectl("rollout", "restart", DEPLOYMENT);
    awaitRollout();
  }

  private static void awaitRollout() throws Exception {
    cluster.kubectl("rollout", "status", DEPLOYMENT, "--timeout=5m");
    awaitEndpoints(3);
  }

  /**
   * kube-proxy updates its rules later than the endpoints; each pod must answer before it stops.
   */
  private static void awaitAnAnswerOfEachPod(SteadyLoad load) {
    RealCluster.await()
        .until(() -> load.pods().containsAll(cluster.readyPods("app.kubernetes.io/name=demo-app")));
  }

  private static void deleteOne() throws Exception {
    String pod = cluster.readyPods("app.kubernetes.io/name=demo-app").get(0);
    cluster.kubectl("delete", "pod", pod);
    awaitEndpoints(3);
  }

  /** Waits until the stopping pods have ended, because requests can be lost until then. */
  private static void awaitTheEndOfTheOthers() {
    RealCluster.await()
        .until(() -> cluster.kubectl("get", "pods", "-o", "name").lines().count() == 3);
  }

  @Test
  @Order(1)
  void noRequestIsLostInARestartWhileScalingOrWhenAPodIsDeleted() throws Exception {
    // Given
    SteadyLoad load = SteadyLoad.on(cluster.clusterIp("demo-app"));

    // When
    try (load) {
      awaitAnAnswerOfEachPod(load);
      restart();
      awaitAnAnswerOfEachPod(load);
      scaleTo(1);
      scaleTo(3);
      awaitAnAnswerOfEachPod(load);
      deleteOne();
      awaitAnAnswerOfEachPod(load);
      awaitTheEndOfTheOthers();
      RealCluster.await().until(() -> load.answered() >= ENOUGH_REQUESTS);
    }

    // Then
    System.out.printf(
        "demo-app with its preStop hook: %d answered by %d pods, %d lost%n",
        load.answered(), load.pods().size(), load.failures().size());
    assertThat(load.failures()).isEmpty();
    // Three, three after the restart, two after the scaling, one after the deletion.
    assertThat(load.pods()).hasSize(9);
  }

  /**
   * Shows the use of the hook. The number of lost requests depends on the machine; it is printed.
   */
  @Test
  @Order(2)
  void reachesAllPodsInARestartWithoutThePreStopHook() throws Exception {
    // Given
    cluster.kubectl(
        "patch",
        DEPLOYMENT,
        "--type=json",
        "-p",
        "[{\"op\":\"remove\",\"path\":\"/spec/template/spec/containers/0/lifecycle\"}]");
    awaitRollout();
    awaitTheEndOfTheOthers();
    SteadyLoad load = SteadyLoad.on(cluster.clusterIp("demo-app"));

    // When
    try (load) {
      awaitAnAnswerOfEachPod(load);
      restart();
      awaitTheEndOfTheOthers();
      awaitAnAnswerOfEachPod(load);
    }

    // Then
    System.out.printf(
        "demo-app without it: %d answered, %d lost%n", load.answered(), load.failures().size());
    assertThat(load.pods()).hasSize(6);
  }
}
