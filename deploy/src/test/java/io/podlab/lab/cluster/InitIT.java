package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.lab.process.Command;
import io.podlab.lab.project.Service;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first process of each image does for a container, as the kubelet sees it. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InitIT {
  private static final Path PODS = RealCluster.ROOT.resolve("deploy/src/test/resources/init");

  private static RealCluster cluster;

  @BeforeAll
  static void applyAllAtOnce() throws Exception {
    cluster = RealCluster.withNamespace("init");
    cluster.kubectl("apply", "-f", PODS.toString());
  }

  @AfterAll
  static void leaveNothing() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static JsonNode state(String pod) throws Exception {
    return cluster.container(pod).path("state");
  }

  private static String exec(String pod, String script) throws Exception {
    RealCluster.await().until(() -> state(pod).has("running"));
    return cluster.kubectl("exec", pod, "--", "sh", "-c", script).strip();
  }

  @ParameterizedTest
  @Order(1)
  @ValueSource(
      strings = {
        "demo-app",
        "probe-target",
        "token-service",
        "configmap-service",
        "board",
        "command",
        "slow-start"
      })
  void whatAnExecProbeLeavesBehindIsReaped(String pod) throws Exception {
    // Given
    String orphan = exec(pod, "sleep 1 >/dev/null 2>&1 & echo $!");
    assertThat(orphan).matches("\\d+");

    // Then: a zombie would keep its folder.
    RealCluster.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> exec(pod, "test -e /proc/" + orphan + " || echo gone").equals("gone"));
  }

  @Test
  @Order(2)
  void theTimelineShowsTheContainerRuntimesShareSeparately() throws Exception {
    // When
    JsonNode timeline = DemoApp.in(cluster, "demo-app").json("/lifecycle");

    // Then
    assertThat(timeline.path("containerRuntimeSeconds").asDouble()).isBetween(0.01, 60.0);
    assertThat(timeline.path("events").path(0).path("detail").asText())
        .endsWith("after the container's first process was created");
    assertThat(DemoApp.in(cluster, "shared-processes").json("/lifecycle").fieldNames())
        .toIterable()
        .contains("startedAt")
        .doesNotContain("containerRuntimeSeconds");
  }

  @Test
  @Order(2)
  void aSecondStartLeavesTheTerminationLogAlone() throws Exception {
    assertThat(
            exec(
                "demo-app",
                "LAB_LOG_JSON=maybe demo-app; demo-app runn; wc -c </dev/termination-log"))
        .isEqualTo("0");
  }

  @Test
  @Order(2)
  void sigtermReachesACommandThatWasStartedByHand() throws Exception {
    assertThat(
            exec(
                "demo-app",
                "timeout 5 demo-app load http://127.0.0.1:8080 --for 1h --rate 10; echo rc $?"))
        .contains(" 0 failed")
        .endsWith("rc 0");
  }

  @ParameterizedTest
  @Order(3)
  @ValueSource(
      strings = {
        "demo-app",
        "probe-target",
        "token-service",
        "configmap-service",
        "board",
        "command",
        "slow-start",
        "shared-processes"
      })
  void sigtermReachesTheProgram(String pod) throws Exception {
    // When: the container may end before kubectl has heard of it.
    RealCluster.await().until(() -> state(pod).has("running"));
    Command.of(
            "kubectl",
            "-n",
            cluster.namespace(),
            "exec",
            pod,
            "--",
            "sh",
            "-c",
            "kill $(pidof podlab-init || pidof java)")
        .run();

    // Then
    assertThat(cluster.end(pod).path("exitCode").asInt()).isEqualTo(143);
  }

  /** As the kernel ends Java, and not the init, which is small. */
  @Test
  @Order(4)
  void aJavaThatNeedsTooMuchMemoryIsReported() {
    // When
    JsonNode end = cluster.end("out-of-memory");

    // Then
    assertThat(end.path("exitCode").asInt()).isEqualTo(137);
    assertThat(end.path("reason").asText()).isEqualTo("OOMKilled");
  }

  @ParameterizedTest
  @Order(4)
  @EnumSource(Service.class)
  void describePodSaysWhyAStartWasRefused(Service service) {
    // When
    JsonNode end = cluster.end(service.title() + "-refused");

    // Then
    assertThat(end.path("exitCode").asInt()).isEqualTo(1);
    assertThat(end.path("message").asText())
        .isEqualTo(
            "cannot start: LAB_LOG_JSON is invalid: 'maybe' is not a boolean; use true or false\n");
  }
}
