package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.lab.monitoring.DashboardQueries.Selection;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Service;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code deploy/lab up --cluster}, and what then runs there. */
@Tag("cluster")
@Isolated("installs the lab, with objects outside its namespace")
class LabOnAClusterIT {
  private static final String NAMESPACE = "podlab-cluster-test";
  private static final String LAB = RealCluster.ROOT.resolve("deploy/lab").toString();

  private static RealCluster cluster;

  @BeforeAll
  static void up() throws InterruptedException {
    cluster = RealCluster.withNamespace(NAMESPACE);
    RealCluster.run(LAB, "up", "--cluster", "--namespace", NAMESPACE);
  }

  @AfterAll
  static void down() throws InterruptedException {
    // Its roles are in other namespaces.
    RealCluster.run(LAB, "down", "--cluster", "--namespace", NAMESPACE);
    cluster.close();
    for (String kind : List.of("roles", "rolebindings", "clusterroles", "clusterrolebindings")) {
      assertThat(RealCluster.run("kubectl", "get", kind, "-A", "-o", "name"))
          .doesNotContain(NAMESPACE + ":");
    }
  }

  @Test
  void makesADeploymentOfEachServiceAvailable() throws Exception {
    // When
    JsonNode deployments =
        cluster.get("deployments", "-l", "app.kubernetes.io/managed-by=quarkus").path("items");

    // Then
    assertThat(deployments)
        .hasSize(Service.values().length)
        .allSatisfy(
            deployment ->
                assertThat(deployment.path("status").path("availableReplicas").asInt()).isOne());
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void answersThroughItsService(Service service) throws Exception {
    // Given
    String url = "http://" + cluster.clusterIp(service.title()) + ":8080" + service.essentialPath();

    // When: kube-proxy takes its time after the pod is ready.
    String answer =
        RealCluster.await().until(() -> RealCluster.run("curl", "-sS", url), any -> true);

    // Then
    assertThat(answer)
        .matches(
            switch (service) {
              case DEMO_APP ->
                  "pod demo-app-\\S+, namespace %s, IP [0-9.]+, node \\S+, version \\S+, request \\d+\n"
                      .formatted(NAMESPACE);
              case PROBE_TARGET -> "(ok|error: [0-9.]+)\n";
              case TOKEN_SERVICE -> "sha256:[0-9a-f]{64}\n";
              case CONFIGMAP_SERVICE ->
                  ("# revision [0-9a-f]+, loaded \\S+ from %s/configmap-service\n"
                          + "# source api \\d+, confirmed \\S+\n"
                          + "color: #326ce5\n(?:features.*\n)*greeting: Hello from a ConfigMap\n"
                          + "log.level: INFO\nrefresh: 30s\n")
                      .formatted(NAMESPACE);
              case BOARD -> "(?s).+";
            });
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void givesMetricsThatPromtoolAccepts(Service service) throws Exception {
    // Given
    String metrics =
        RealCluster.run("curl", "-sS", "http://" + cluster.podIp(pod(service)) + ":8080/metrics");

    // When
    Command.Result result =
        Command.of("promtool", "check", "metrics")
            .run(metrics.getBytes(StandardCharsets.UTF_8), line -> {});

    // Then
    assertThat(metrics).contains("# HELP lab_");
    assertThat(result.exitCode()).describedAs(result.out() + result.err()).isZero();
  }

  /**
   * Each pod of deploy/base has the annotation and one of our images, and is one target. The pods
   * of a lesson have the image only.
   */
  @Test
  void prometheusScrapesThePodsOfTheServicesAndOfALesson(@TempDir Path folder) throws Exception {
    assumeThat(SearchPath.ofThisProcess().find("prometheus")).as("prometheus").isPresent();
    applyPrometheus();
    try (RealCluster lesson = RealCluster.withNamespace(NAMESPACE + "-lesson")) {
      // Given: a pod whose liveness probe fails, and one that runs `sleep` from our image.
      for (String file : List.of("20-liveness-http/pod.yaml", "27-qos-classes/best-effort.yaml")) {
        lesson.kubectl("apply", "-f", RealCluster.ROOT.resolve("lessons/" + file).toString());
      }
      RealCluster.await().until(() -> ips(lesson).size() == 2);
      Set<String> expected = new TreeSet<>();
      for (Service service : Service.values()) {
        expected.add(service.title() + " " + NAMESPACE + " " + pod(service));
      }
      expected.add("probe-target " + lesson.namespace() + " liveness-http");

      // When
      Instant begin = Instant.now();
      try (ClusterPrometheus prometheus =
          ClusterPrometheus.start(cluster, folder, NAMESPACE, lesson.namespace())) {
        // Then
        RealCluster.await()
            .untilAsserted(
                () ->
                    assertThat(prometheus.targetsThatAreUp())
                        .containsExactlyInAnyOrderElementsOf(expected));
        RealCluster.await()
            .untilAsserted(
                () ->
                    assertThat(
                            prometheus
                                .dashboards()
                                .withoutData(
                                    "probe-target", new Selection(lesson.namespace(), ".*"), begin))
                        // The lesson has neither probe.
                        .filteredOn(query -> !query.matches("(?s).*(readiness|startup) probes'.*"))
                        .isEmpty());
        RealCluster.await()
            .untilAsserted(
                () ->
                    assertThat(prometheus.firing())
                        // Other tests create bootstrap tokens, which belong to the whole cluster.
                        .filteredOn(alert -> !alert.startsWith("PodlabTokenExpiringSoon "))
                        .containsExactly(
                            "PodlabProbeFailing " + lesson.namespace() + " liveness-http"));
      }
    }
  }

  private static List<String> ips(RealCluster cluster) throws Exception {
    return StreamSupport.stream(cluster.get("pods").path("items").spliterator(), false)
        .map(pod -> pod.at("/status/podIP").asText())
        .filter(ip -> !ip.isEmpty())
        .toList();
  }

  /** Its image can be pulled in few clusters, so nothing waits until it is available. */
  private static void applyPrometheus() throws Exception {
    Command.of(LAB, "up", "--cluster", "--monitoring", "--namespace", NAMESPACE, "--timeout", "2s")
        .run();
    assertThat(cluster.kubectl("get", "deployment", "prometheus", "-o", "name")).isNotBlank();
  }

  @Test
  void prometheusMayLookAtAllPodsAndAtNothingElse() throws Exception {
    applyPrometheus();
    for (String namespace : List.of(NAMESPACE, "kube-system")) {
      assertThat(rights("prometheus", namespace)).containsExactly("pods [] [] [get list watch]");
    }
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void hasTheToolsThatTheDemosExec(Service service) throws Exception {
    // When
    String found =
        cluster.kubectl(
            "exec",
            pod(service),
            "--",
            "sh",
            "-c",
            "for tool in sh sleep cat ls ps kill wget nslookup; do command -v $tool; done | wc -l;"
                + " id -u; id -g; ps | grep -c '^ *1 .*java'; ls / >/dev/null; nslookup kubernetes.default"
                + ".svc.cluster.local >/dev/null && echo resolved");

    // Then
    assertThat(found.lines().map(String::strip))
        .containsExactly("8", "10001", "0", "1", "resolved");
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void keepsItsRootFileSystemReadOnly(Service service) throws Exception {
    // When
    Command.Result written =
        Command.of(
                "kubectl", "-n", NAMESPACE, "exec", pod(service), "--", "sh", "-c", "echo x > /x")
            .run();

    // Then
    assertThat(written.err()).contains("Read-only file system");
  }

  @Test
  void configurationThatKubectlChangesIsInEffectWithoutARestart() throws Exception {
    // Given
    String pod = pod(Service.CONFIGMAP_SERVICE);
    String url = "http://" + cluster.podIp(pod) + ":8080/config";

    // When
    cluster.kubectl(
        "patch", "configmap", "configmap-service", "-p", "{\"data\":{\"greeting\":\"Changed\"}}");
    // Makes the kubelet look at the pod at once, not at its next minute.
    cluster.kubectl("annotate", "--overwrite", "pod", pod, "podlab/poke=1");

    // Then
    RealCluster.await()
        .until(() -> RealCluster.run("curl", "-sS", url).contains("greeting: Changed"));
    JsonNode status = cluster.get("pod", pod).path("status").path("containerStatuses").path(0);
    assertThat(status.path("restartCount").asInt()).isZero();
  }

  private static List<String> rights(String namespace) throws Exception {
    return rights("token-service", namespace);
  }

  private static List<String> rights(String name, String namespace) throws Exception {
    String account = "system:serviceaccount:" + NAMESPACE + ":" + name;
    return RealCluster.run(
            "kubectl", "auth", "can-i", "--list", "--no-headers", "-n", namespace, "--as", account)
        .lines()
        .map(line -> line.replaceAll(" {2,}", " ").strip())
        // What every account of a cluster may: ask about itself, and read what is public.
        .filter(line -> !line.startsWith("selfsubject") && !line.startsWith("[/"))
        .toList();
  }

  @Test
  void tokenServiceMayWhatItNeedsAndNothingElse() throws Exception {
    // Given
    String[] reviews = {
      "subjectaccessreviews.authorization.k8s.io [] [] [create]",
      "tokenreviews.authentication.k8s.io [] [] [create]"
    };

    // Then
    assertThat(rights("kube-system"))
        .contains("secrets [] [] [create list get patch delete]")
        .contains(reviews)
        .hasSize(3);
    assertThat(rights("kube-public"))
        .contains("configmaps [] [cluster-info] [get]")
        .contains(reviews)
        .hasSize(3);
    assertThat(rights("default")).containsExactlyInAnyOrder(reviews);
    assertThat(rights(NAMESPACE)).containsExactlyInAnyOrder(reviews);
  }

  @Test
  void tokenServiceMakesATokenOfTheClusterForWhoMay() throws Exception {
    // Given: its own account may all that it does, and no other.
    String pod = pod(Service.TOKEN_SERVICE);
    String bearer =
        cluster.kubectl(
            "exec", pod, "--", "cat", "/var/run/secrets/kubernetes.io/serviceaccount/token");
    String url = "http://" + cluster.podIp(pod) + ":8080/tokens";
    String header = "Authorization: Bearer " + bearer.strip();

    // When
    String token = RealCluster.run("curl", "-sSf", "-H", header, "-d", "ttl=5m", url).strip();
    String listed = RealCluster.run("curl", "-sSf", "-H", header, url);
    String refused = RealCluster.run("curl", "-sS", "-d", "ttl=5m", url);
    String deleted =
        RealCluster.run("curl", "-sSf", "-H", header, "-X", "DELETE", url + "/" + token);

    // Then
    assertThat(listed).contains(token);
    assertThat(refused).startsWith("401 Unauthorized");
    assertThat(deleted).startsWith("bootstrap token \"");
    assertThat(cluster.kubectl("logs", pod))
        .contains("by \"system:serviceaccount:" + NAMESPACE + ":token-service\": created")
        .doesNotContain(token.substring(7), bearer.strip());
  }

  private static String pod(Service service) throws Exception {
    List<String> pods = cluster.readyPods("app.kubernetes.io/name=" + service.title());
    assertThat(pods).hasSize(1);
    return pods.get(0);
  }
}
