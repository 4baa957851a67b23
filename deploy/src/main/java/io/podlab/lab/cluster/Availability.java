package io.podlab.lab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.lab.project.Project;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whether a Deployment is available, and why not.
 *
 * @param wanted the number of replicas in its spec
 * @param reason why it is not available; empty if it is available
 * @param message the cluster's long explanation of the reason; may be empty
 */
record Availability(
    String deployment, int ready, int wanted, boolean available, String reason, String message) {
  private static final Set<String> NO_IMAGE =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "ErrImageNeverPull",
          "InvalidImageName",
          "ImageInspectError",
          "RegistryUnavailable");

  /** Normal during a start. Any other reason explains a failure better. */
  private static final Set<String> ON_ITS_WAY = Set.of("ContainerCreating", "PodInitializing");

  private record Cause(String reason, String message) {}

  /**
   * @param found the Deployment with this name
   * @param pods all pods in its namespace
   */
  static Availability of(String name, Optional<JsonNode> found, List<JsonNode> pods) {
    if (found.isEmpty()) {
      return new Availability(name, 0, 1, false, "the Deployment does not exist", "");
    }
    JsonNode deployment = found.get();
    JsonNode status = deployment.path("status");
    int wanted = deployment.path("spec").path("replicas").asInt(1);
    int ready = status.path("readyReplicas").asInt(0);
    boolean seen =
        status.path("observedGeneration").asLong(0)
            >= deployment.path("metadata").path("generation").asLong(0);
    boolean available =
        seen
            && status.path("updatedReplicas").asInt(0) == wanted
            && status.path("replicas").asInt(0) == wanted
            && status.path("availableReplicas").asInt(0) == wanted;
    if (available) {
      return new Availability(name, ready, wanted, true, "", "");
    }
    Map<String, JsonNode> selector = labels(deployment.at("/spec/selector/matchLabels"));
    List<Cause> causes =
        pods.stream()
            .filter(
                pod ->
                    labels(pod.at("/metadata/labels")).entrySet().containsAll(selector.entrySet()))
            .flatMap(pod -> cause(pod).stream())
            .toList();
    Cause cause =
        causes.stream()
            .filter(candidate -> !ON_ITS_WAY.contains(candidate.reason()))
            .findFirst()
            .or(() -> causes.stream().findFirst())
            .or(() -> noPods(status))
            .orElse(new Cause(ready == wanted ? "replacing its pods" : "no pods yet", ""));
    return new Availability(name, ready, wanted, false, cause.reason(), cause.message());
  }

  private static Map<String, JsonNode> labels(JsonNode labels) {
    Map<String, JsonNode> map = new TreeMap<>();
    labels.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
  }

  /** Why a pod is not ready; empty if it is ready or terminating. */
  private static Optional<Cause> cause(JsonNode pod) {
    if (pod.path("metadata").has("deletionTimestamp") || isTrue(pod, "Ready")) {
      return Optional.empty();
    }
    JsonNode status = pod.path("status");
    Optional<Cause> waiting =
        Stream.of("initContainerStatuses", "containerStatuses")
            .flatMap(list -> Manifests.elements(status.path(list)))
            .map(container -> container.path("state").path("waiting"))
            .filter(JsonNode::isObject)
            .map(Availability::named)
            .findFirst();
    return waiting
        .or(
            () ->
                conditions(status)
                    .filter(condition -> condition.path("type").asText().equals("PodScheduled"))
                    .filter(condition -> condition.path("status").asText().equals("False"))
                    .map(Availability::named)
                    .findFirst())
        .or(
            () ->
                Optional.of(
                    status.path("phase").asText().equals("Running")
                        ? new Cause("running but not ready", "")
                        : new Cause(status.path("phase").asText("Pending"), "")));
  }

  /** Why no pod can be created, such as a quota or a Pod Security Standard. */
  private static Optional<Cause> noPods(JsonNode status) {
    return conditions(status)
        .filter(condition -> condition.path("type").asText().equals("ReplicaFailure"))
        .filter(condition -> condition.path("status").asText().equals("True"))
        .map(Availability::named)
        .findFirst();
  }

  private static Cause named(JsonNode holder) {
    return new Cause(holder.path("reason").asText("waiting"), holder.path("message").asText(""));
  }

  private static Stream<JsonNode> conditions(JsonNode status) {
    return Manifests.elements(status.path("conditions"));
  }

  private static boolean isTrue(JsonNode pod, String condition) {
    return conditions(pod.path("status"))
        .anyMatch(
            each ->
                each.path("type").asText().equals(condition)
                    && each.path("status").asText().equals("True"));
  }

  /** {@code demo-app 0/1 ready: ContainerCreating}. */
  String line() {
    return deployment + " " + ready + "/" + wanted + " ready" + (available ? "" : ": " + reason);
  }

  boolean lacksItsImage() {
    return NO_IMAGE.contains(reason);
  }

  /** The line, the cluster's explanation, and what the user can do. */
  String explanation(String namespace) {
    String text = line() + (message.isBlank() ? "" : "\n  " + message.strip());
    if (lacksItsImage()) {
      return text
          + "\n  load the images with `"
          + Project.command()
          + " images --load kind|minikube|k3s|containerd`, or name a registry with --registry and --tag";
    }
    if (reason.equals("CrashLoopBackOff")) {
      return text
          + "\n  see `kubectl -n "
          + namespace
          + " logs deployment/"
          + deployment
          + " --previous`";
    }
    return text;
  }
}
