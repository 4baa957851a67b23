package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Behavior of demo-app that needs a kubelet. All pods start together; the tests are in the order of
 * the first results.
 */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoAppIT {
  private static final Path PODS =
      RealCluster.ROOT.resolve("deploy/src/test/resources/demo-app/pods.yml");
  private static final Path DEPLOYMENT = RealCluster.ROOT.resolve("deploy/generated/demo-app.yml");

  private static final String OF_DEPLOYMENT = "app.kubernetes.io/name=demo-app";

  private static final int MANY = 5000;
  private static final int WEB_SOCKETS = 20;

  private static RealCluster cluster;

  @BeforeAll
  static void applyAllAtOnce() throws Exception {
    cluster = RealCluster.withNamespace("demo-app");
    cluster.kubectl("apply", "-f", PODS.toString(), "-f", DEPLOYMENT.toString());
  }

  @AfterAll
  static void leaveNothing() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void aCommandOpensNoPortThatNobodyWouldAnswerOn() {
    // When
    RealCluster.await().until(() -> cluster.container("command").path("state").has("running"));
    RealCluster.await().until(() -> cluster.kubectl("logs", "command").contains("running for 15s"));

    // Then
    assertThatThrownBy(() -> new Socket(cluster.podIp("command"), 8080).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  @Order(2)
  void theExitFaultEndsTheContainerWithItsCode() throws Exception {
    // When
    DemoApp.in(cluster, "fault-exit").post("/faults/exit?code=3");

    // Then
    JsonNode end = cluster.lastEnd("fault-exit");
    assertThat(end.path("exitCode").asInt()).isEqualTo(3);
    assertThat(cluster.kubectl("describe", "pod", "fault-exit"))
        .containsPattern("Last State: +Terminated\\s+Reason: +Error\\s+Exit Code: +3\\b");
  }

  @Test
  @Order(3)
  void theAllocateFaultIsKilledByTheContainersLimitAndNotByTheJvm() throws Exception {
    // When
    DemoApp.in(cluster, "fault-allocate").post("/faults/allocate?size=512Mi");

    // Then
    JsonNode end = cluster.lastEnd("fault-allocate");
    assertThat(end.path("exitCode").asInt()).isEqualTo(137);
    assertThat(cluster.kubectl("describe", "pod", "fault-allocate"))
        .containsPattern("Last State: +Terminated\\s+Reason: +OOMKilled\\s+Exit Code: +137\\b");
  }

  @Test
  @Order(4)
  void describePodShowsTheTerminationMessage() throws Exception {
    // Given
    DemoApp pod = DemoApp.in(cluster, "termination-message");
    pod.get("/");
    CompletableFuture<String> inFlight = pod.inBackground("/delay/3s");
    RealCluster.await().until(() -> pod.metric("lab_demo_inflight_requests") == 1);

    // When
    cluster.kubectl("exec", "termination-message", "--", "kill", "-TERM", "1");

    // Then
    JsonNode end = cluster.lastEnd("termination-message");
    assertThat(inFlight.get()).isEqualTo("answered after 3 s\n");
    assertThat(end.path("exitCode").asInt()).isEqualTo(143);
    assertThat(cluster.kubectl("describe", "pod", "termination-message"))
        .containsPattern("Message: +served 2 requests; SIGTERM, drained 1 in \\d\\.\\ds, 0 lost");
  }

  @Test
  @Order(5)
  void aSignalFromTheNeighbourRaisesTheGeneration() throws Exception {
    // Given
    DemoApp pod = DemoApp.in(cluster, "neighbours");
    int before = pod.json("/").path("generation").asInt();

    // When
    cluster.kubectl("exec", "neighbours", "-c", "neighbour", "--", "killall", "-HUP", "java");

    // Then
    RealCluster.await().until(() -> pod.json("/").path("generation").asInt() == before + 1);
    assertThat(pod.get("/lifecycle")).containsPattern("reload .*generation " + (before + 1));
  }

  @Test
  @Order(6)
  void initContainersWaitForAServiceAndPrepareWhatIsServed() throws Exception {
    // When
    DemoApp pod = DemoApp.in(cluster, "prepared");

    // Then
    assertThat(pod.get("/")).isEqualTo("source\n");
    assertThat(cluster.kubectl("logs", "prepared", "-c", "wait-for"))
        .containsPattern("try 1: http://.*:8080/readyz is not available")
        .containsPattern("try \\d+: http://.*:8080/readyz answered 200 after ");
  }

  @Test
  @Order(7)
  void aCommandEndsTheContainerWithItsCode() throws Exception {
    // When
    JsonNode end = cluster.end("command");

    // Then
    assertThat(end.path("exitCode").asInt()).isEqualTo(4);
    assertThat(end.path("reason").asText()).isEqualTo("Error");
  }

  @Test
  @Order(8)
  void theBurnFaultIsSeenByTheKubelet() throws Exception {
    // Given
    DemoApp pod = DemoApp.in(cluster, "fault-burn");
    RealCluster.await().until(() -> cores("fault-burn") < 0.1);

    // When
    pod.post("/faults/burn?cores=1&for=1m");

    // Then
    RealCluster.await().until(() -> cores("fault-burn") > 0.5);
    System.out.printf("burn of one core, as the kubelet has it: %.2f%n", cores("fault-burn"));
    pod.delete("/faults");
  }

  /** The CPU usage that the kubelet measures every few seconds, also for autoscalers. */
  private static double cores(String pod) throws Exception {
    String node = cluster.get("pod", pod).path("spec").path("nodeName").asText();
    JsonNode summary = cluster.getRaw("/api/v1/nodes/" + node + "/proxy/stats/summary");
    for (JsonNode entry : summary.path("pods")) {
      JsonNode reference = entry.path("podRef");
      if (reference.path("name").asText().equals(pod)
          && reference.path("namespace").asText().equals(cluster.namespace())) {
        return entry.path("containers").path(0).path("cpu").path("usageNanoCores").asDouble() / 1e9;
      }
    }
    throw new IllegalStateException("the kubelet has not measured " + pod);
  }

  @Test
  @Order(9)
  void fiveThousandRequestsWaitAtOnceWithoutAThreadEach() throws Exception {
    // Given
    RealCluster.await().until(() -> cluster.endpoints("demo-app").size() == 1);
    String name = cluster.readyPods(OF_DEPLOYMENT).get(0);
    DemoApp pod = DemoApp.in(cluster, name);

    // When
    Future<WaitingClients.Outcome> clients =
        CompletableFuture.supplyAsync(
            () -> WaitingClients.ask(pod.address(), "/delay/10s", MANY, Duration.ofMinutes(1)));
    RealCluster.await().until(() -> pod.metric("lab_demo_inflight_requests") == MANY);
    double threads = pod.metric("jvm_threads_live_threads");

    // Then
    WaitingClients.Outcome outcome = clients.get();
    System.out.printf(
        "%d times /delay/10s at once: %s, %.0f threads, resident %s%n",
        MANY, outcome, threads, resident(name));
    assertThat(outcome.answered()).isEqualTo(MANY);
    assertThat(threads).isLessThan(100);
    assertThat(cluster.container(name).path("restartCount").asInt()).isZero();
  }

  @Test
  @Order(10)
  void eachWebSocketEndsWithACloseFrameInARolloutAndConnectsToANewPod() throws Exception {
    // Given
    cluster.kubectl("scale", "--replicas=2", "deployment/demo-app");
    RealCluster.await().until(() -> cluster.endpoints("demo-app").size() == 2);
    List<String> old = cluster.readyPods(OF_DEPLOYMENT);
    String address = cluster.clusterIp("demo-app");
    Set<String> answering = new HashSet<>();
    RealCluster.await()
        .until(() -> answering.add(podThatAnswers(address)) && answering.containsAll(old));

    try (WebSocketClients clients = WebSocketClients.start(WEB_SOCKETS, address)) {
      RealCluster.await().until(() -> clients.open() == WEB_SOCKETS);

      // When
      cluster.kubectl("rollout", "restart", "deployment/demo-app");
      cluster.kubectl("rollout", "status", "deployment/demo-app", "--timeout=5m");

      // Then: all are connected to the two new pods, and the old pods have named themselves
      RealCluster.await().until(() -> openWebSocketsOfPodsOtherThan(old) == WEB_SOCKETS);
      List<String> ends = clients.ends();
      System.out.printf("%d WebSockets, %d close frames%n", WEB_SOCKETS, ends.size());
      assertThat(ends)
          .hasSizeGreaterThanOrEqualTo(WEB_SOCKETS)
          .allMatch(end -> end.matches("1001 pod demo-app-\\S+ is stopping"));
      assertThat(ends)
          .contains(old.stream().map("1001 pod %s is stopping"::formatted).toArray(String[]::new));
    }
  }

  private static double openWebSocketsOfPodsOtherThan(List<String> old) throws Exception {
    double open = 0;
    for (String pod : cluster.readyPods(OF_DEPLOYMENT)) {
      if (!old.contains(pod)) {
        open += new DemoApp(cluster.podIp(pod)).metric("lab_demo_websockets");
      }
    }
    return open;
  }

  /** On a new connection, for which the Service chooses a pod. */
  private static String podThatAnswers(String address) throws Exception {
    return RealCluster.run("curl", "-sS", "--fail", "http://" + address + ":8080/")
        .split("[ ,]")[1];
  }

  private static String resident(String pod) throws Exception {
    return cluster
        .kubectl("exec", pod, "--", "sh", "-c", "grep VmHWM /proc/$(pidof java)/status")
        .strip();
  }
}
