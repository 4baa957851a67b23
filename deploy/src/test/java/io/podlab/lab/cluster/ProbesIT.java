package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The manifests in {@code deploy/probes}, as a student applies them. All pods run in parallel from
 * the start; the order of the tests follows the order of the events.
 */
@Tag("cluster")
@Isolated("measures time")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProbesIT {
  private static final List<String> DEMONSTRATIONS =
      List.of(
          "hang",
          "liveness-http",
          "liveness-https",
          "liveness-tcp",
          "liveness-exec",
          "startup",
          "readiness-http");
  private static final Pattern LEFT = Pattern.compile("hang, disconnected after ([0-9.]+)s");
  private static final int ENOUGH_PROBES = 40;

  private static RealCluster cluster;
  private static EventWatch events;

  @BeforeAll
  static void applyAllAtOnce() throws Exception {
    cluster = RealCluster.withNamespaceAfterOthers("probes");
    events = EventWatch.of(cluster);
    List<String> files = new ArrayList<>(List.of("apply"));
    for (String demonstration : DEMONSTRATIONS) {
      files.add("-f");
      files.add(RealCluster.ROOT.resolve("deploy/probes/" + demonstration + ".yml").toString());
    }
    cluster.kubectl(files.toArray(String[]::new));
  }

  @AfterAll
  static void leaveNothing() {
    if (events != null) {
      events.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private static int restarts(String pod) throws Exception {
    return cluster.container(pod).path("restartCount").asInt(-1);
  }

  @Test
  @Order(1)
  void theHistoryTellsAfterHowLongTheKubeletHasLeftAProgramThatHangs() {
    // Given
    AtomicReference<String> history = new AtomicReference<>("");

    // When
    RealCluster.await()
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              history.set(ProbeTarget.in(cluster, "hang").historyAsText("liveness"));
              return LEFT.matcher(history.get()).find();
            });

    // Then
    Matcher left = LEFT.matcher(history.get());
    assertThat(left.find()).isTrue();
    assertThat(Double.parseDouble(left.group(1))).isBetween(0.8, 1.3);
  }

  @Test
  @Order(2)
  void aPodThatIsNotReadyIsTakenOutOfTheServiceAndPutBackAndNotRestarted() throws Exception {
    // Given
    RealCluster.await().until(() -> restarts("readiness-http") == 0);
    ProbeTarget pod = ProbeTarget.in(cluster, "readiness-http");
    RealCluster.await().untilAsserted(() -> pod.order("readiness", "ok"));
    RealCluster.await().until(() -> cluster.endpoints("readiness-http").contains(pod.address()));

    // When
    pod.order("readiness", "fail:5s,ok");

    // Then
    RealCluster.await().until(() -> cluster.endpoints("readiness-http").isEmpty());
    RealCluster.await().until(() -> cluster.endpoints("readiness-http").contains(pod.address()));
    assertThat(restarts("readiness-http")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "liveness-http, 3, statuscode: 500",
    "liveness-https, 3, statuscode: 500",
    "liveness-tcp, 3, connect: connection refused",
    "liveness-exec, 3, can't open '/tmp/healthy'",
    "hang, 2, context deadline exceeded (Client.Timeout exceeded",
  })
  @Order(3)
  void theContainerIsRestartedAfterExactlySoManyFailures(String pod, int failures, String why) {
    // When: the kubelet posts events with a delay.
    RealCluster.await().until(() -> restarts(pod) > 0);
    RealCluster.await().until(() -> events.has(pod, "Killing"));

    // Then
    assertThat(events.failuresBeforeTheFirstKill(pod, "Liveness"))
        .hasSize(failures)
        .allSatisfy(message -> assertThat(message).contains(why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "liveness-http | liveness failed from 8.0s; . probes ok, 3 failed; startup ok; .*; SIGTERM after 1..?.s",
        "liveness-https | liveness failed from 8.0s; . probes ok, 3 failed; startup ok; .*; SIGTERM after 1..?.s",
        "liveness-tcp  | liveness failed from 8.0s; . probes ok, [01] failed, refused connections not seen; startup ok; .*; SIGTERM after 1..?.s",
        "liveness-exec | liveness failed from 8.0s; no probe seen; startup ok; .*; SIGTERM after 1..?.s",
        "hang          | liveness hung from 8.0s; . probes? ok, 2 failed; startup ok; .*; SIGTERM after 1..?.s",
      })
  @Order(4)
  void theTerminationMessageIsInThePodsLastState(String pod, String message) throws Exception {
    // When
    JsonNode last = cluster.lastEnd(pod);

    // Then
    assertThat(last.path("message").asText()).matches(message + "\n");
    assertThat(last.path("exitCode").asInt()).isEqualTo(143);
  }

  @Test
  @Order(5)
  void noLivenessProbeComesBeforeStartupHasSucceeded() throws Exception {
    // Given
    RealCluster.await().until(() -> restarts("startup") == 0);
    ProbeTarget pod = ProbeTarget.in(cluster, "startup");

    // When
    RealCluster.await().until(() -> pod.history("liveness").size() > 2);

    // Then
    JsonNode startup = pod.history("startup");
    List<String> answers =
        StreamSupport.stream(startup.spliterator(), false)
            .map(probe -> probe.path("answer").asText())
            .toList();
    assertThat(answers).hasSizeGreaterThan(3).endsWith("fail", "ok").containsOnlyOnce("ok");
    assertThat(at(pod.history("liveness").path(0))).isAfter(at(startup.path(answers.size() - 1)));
    assertThat(restarts("startup")).isZero();
  }

  private static Instant at(JsonNode probe) {
    return Instant.parse(probe.path("at").asText());
  }

  @Test
  @Order(6)
  void probesComeEverySecondAsTheManifestSays() throws Exception {
    // Given
    RealCluster.await().until(() -> restarts("startup") == 0);
    ProbeTarget pod = ProbeTarget.in(cluster, "startup");

    // When
    RealCluster.await().until(() -> pod.history("liveness").size() > ENOUGH_PROBES);

    // Then
    List<Double> deviations =
        StreamSupport.stream(pod.history("liveness").spliterator(), false)
            .filter(probe -> probe.has("interval"))
            .map(probe -> Math.abs(probe.path("interval").asDouble() - 1))
            .sorted()
            .toList();
    assertThat(deviations).hasSizeGreaterThanOrEqualTo(ENOUGH_PROBES);
    double percentile95 = deviations.get((int) Math.ceil(deviations.size() * 0.95) - 1);
    System.out.printf(
        "probes every second: %d, 95%% of them within %.0f ms, all within %.0f ms%n",
        deviations.size() + 1, percentile95 * 1000, deviations.get(deviations.size() - 1) * 1000);
    assertThat(percentile95).isLessThan(0.2);
  }
}
