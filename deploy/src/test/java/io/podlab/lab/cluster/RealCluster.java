package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * A namespace for one test class, on the cluster of the current context. {@link #close} deletes it.
 */
final class RealCluster implements AutoCloseable {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String namespace;

  private RealCluster(String namespace) {
    this.namespace = namespace;
  }

  static RealCluster withNamespace(String namespace) throws InterruptedException {
    RealCluster cluster = new RealCluster(namespace);
    // Deletes what an interrupted run, or the first try of a test, left.
    run("kubectl", "delete", "namespace", namespace, "--ignore-not-found", "--timeout=5m");
    run("kubectl", "create", "namespace", namespace);
    cluster.awaitAccount();
    return cluster;
  }

  /**
   * Waits first until the namespaces of earlier tests are gone: their pods take processor time from
   * a test that measures time.
   */
  static RealCluster withNamespaceAfterOthers(String namespace) throws InterruptedException {
    await()
        .atMost(Duration.ofMinutes(5))
        .until(
            () ->
                run(
                    "kubectl",
                    "get",
                    "namespaces",
                    "--field-selector=status.phase=Terminating",
                    "-o",
                    "name"),
            String::isEmpty);
    return withNamespace(namespace);
  }

  /** Waits for the service account of a new namespace: without it, the API server refuses pods. */
  private void awaitAccount() {
    Command trial =
        Command.of("kubectl", "-n", namespace, "run", "trial", "--image=trial", "--dry-run=server");
    await().until(() -> trial.run().succeeded());
  }

  String namespace() {
    return namespace;
  }

  /** The unchanged manifest of the training. */
  void applyTraining(String manifest) throws InterruptedException {
    kubectl(
        "apply", "-f", ROOT.resolve("deploy/src/test/resources/training/" + manifest).toString());
  }

  String kubectl(String... arguments) throws InterruptedException {
    List<String> words = new ArrayList<>(List.of("kubectl", "-n", namespace));
    words.addAll(List.of(arguments));
    return run(words.toArray(String[]::new));
  }

  JsonNode get(String... what) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("get", "-o", "json"));
    arguments.addAll(List.of(what));
    return JSON.readTree(kubectl(arguments.toArray(String[]::new)));
  }

  /** The response of the API server for a path. */
  JsonNode getRaw(String path) throws Exception {
    return JSON.readTree(kubectl("get", "--raw", path));
  }

  /** The status of the first container of the pod. */
  JsonNode container(String pod) throws Exception {
    return get("pod", pod).path("status").path("containerStatuses").path(0);
  }

  /** Waits until the first container of the pod has ended, and returns how. */
  JsonNode end(String pod) {
    return await()
        .until(() -> container(pod).path("state").path("terminated"), end -> !end.isMissingNode());
  }

  /**
   * Waits until the first container of the pod has restarted, and returns how its last run ended.
   */
  JsonNode lastEnd(String pod) {
    return await()
        .until(
            () -> container(pod),
            now -> now.path("restartCount").asInt() > 0 && now.path("lastState").has("terminated"))
        .path("lastState")
        .path("terminated");
  }

  /** The names of the pods with this label that are ready and not terminating. */
  List<String> readyPods(String label) throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode pod : get("pods", "-l", label).path("items")) {
      boolean ready = false;
      for (JsonNode condition : pod.path("status").path("conditions")) {
        ready |=
            condition.path("type").asText().equals("Ready")
                && condition.path("status").asText().equals("True");
      }
      if (ready && !pod.path("metadata").has("deletionTimestamp")) {
        names.add(pod.path("metadata").path("name").asText());
      }
    }
    return names;
  }

  /** The addresses that a Service sends traffic to. */
  List<String> endpoints(String service) throws Exception {
    List<String> addresses = new ArrayList<>();
    String ofService = "kubernetes.io/service-name=" + service;
    for (JsonNode slice : get("endpointslices", "-l", ofService).path("items")) {
      for (JsonNode endpoint : slice.path("endpoints")) {
        if (endpoint.path("conditions").path("ready").asBoolean(true)) {
          endpoint.path("addresses").forEach(address -> addresses.add(address.asText()));
        }
      }
    }
    return addresses;
  }

  String podIp(String pod) throws Exception {
    return get("pod", pod).path("status").path("podIP").asText();
  }

  String clusterIp(String service) throws Exception {
    return get("service", service).path("spec").path("clusterIP").asText();
  }

  /** Runs a program and returns its stdout. Fails the test if the program fails. */
  static String run(String... words) throws InterruptedException {
    Command.Result result = Command.of(words).run();
    assertThat(result.exitCode())
        .describedAs("%s%n%s%s", String.join(" ", words), result.out(), result.err())
        .isZero();
    return result.out();
  }

  static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofMinutes(4)).ignoreExceptions();
  }

  @Override
  public void close() {
    try {
      run("kubectl", "delete", "namespace", namespace, "--wait=false");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
