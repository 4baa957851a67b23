package io.podlab.lab.monitoring;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * A pod whose liveness probe fails and whose container restarts, as the API server sends it to a
 * watch.
 */
final class FailingPod {
  static final String NAME = "shop-0";

  private final String namespace;
  private final String created = now();

  FailingPod(String namespace) {
    this.namespace = namespace;
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The Pod, just after the last of these restarts. */
  Map<String, Object> pod(int restarts, int resourceVersion) {
    Map<String, Object> running = Map.of("running", Map.of("startedAt", now()));
    Map<String, Object> ended =
        Map.of(
            "terminated",
            Map.of("exitCode", 143, "reason", "Error", "startedAt", created, "finishedAt", now()));
    Map<String, Object> container =
        Map.of(
            "name",
            "shop",
            "image",
            "shop",
            "imageID",
            "shop",
            "containerID",
            "containerd://" + restarts,
            "ready",
            true,
            "started",
            true,
            "restartCount",
            restarts,
            "state",
            running,
            "lastState",
            restarts > 0 ? ended : Map.of());
    return Map.of(
        "apiVersion", "v1",
        "kind", "Pod",
        "metadata", metadata(NAME, resourceVersion),
        "spec", Map.of("containers", List.of(Map.of("name", "shop", "image", "shop"))),
        "status",
            Map.of(
                "phase",
                "Running",
                "startTime",
                created,
                "conditions",
                List.of(Map.of("type", "Ready", "status", "True", "lastTransitionTime", created)),
                "containerStatuses",
                List.of(container)));
  }

  /** The Event for these failed probes, of which the last one fails now. */
  Map<String, Object> event(int failures, int resourceVersion) {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Event",
        "metadata",
        metadata(NAME + ".unhealthy", resourceVersion),
        "involvedObject",
        Map.of(
            "kind",
            "Pod",
            "namespace",
            namespace,
            "name",
            NAME,
            "uid",
            NAME,
            "fieldPath",
            "spec.containers{shop}"),
        "type",
        "Warning",
        "reason",
        "Unhealthy",
        "message",
        "Liveness probe failed: HTTP probe failed with statuscode: 500",
        "count",
        failures,
        "firstTimestamp",
        created,
        "lastTimestamp",
        now());
  }

  private Map<String, Object> metadata(String name, int resourceVersion) {
    return Map.of(
        "name", name,
        "namespace", namespace,
        "uid", name,
        "resourceVersion", Integer.toString(resourceVersion),
        "creationTimestamp", created);
  }
}
