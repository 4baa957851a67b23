package io.podlab.lab.lesson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podlab.lab.cluster.Kubectl;
import io.podlab.lab.process.Command;
import io.podlab.lab.project.Project;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Checks whether the cluster can run an image. It starts a short pod once for each image and run.
 * Without this check, a lesson would wait for a container that never starts, and would fail.
 */
final class ImageCheck {
  /** The prefix of the pod names. */
  static final String POD = "podlab-image-";

  /** The label of these pods, with the value true. */
  static final String LABEL = "podlab.io/image-check";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration UNSCHEDULED = Duration.ofSeconds(30);

  /** Long, because a slow network needs time for a large image. */
  private static final Duration UNSTARTED = Duration.ofSeconds(300);

  private static final long POLL_MILLIS = 300;
  private static final Set<String> NO_IMAGE =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "ErrImageNeverPull",
          "InvalidImageName",
          "ImageInspectError",
          "RegistryUnavailable");

  private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();
  private final ReentrantLock oneAtATime = new ReentrantLock();

  /** Why the cluster cannot run the image; empty if it can. */
  Optional<String> problem(String image, LessonCluster cluster)
      throws IOException, InterruptedException {
    Optional<String> answer = known.get(image);
    if (answer == null) {
      oneAtATime.lockInterruptibly();
      try {
        answer = known.get(image);
        if (answer == null) {
          answer = look(image, cluster);
          known.put(image, answer);
        }
      } finally {
        oneAtATime.unlock();
      }
    }
    return answer;
  }

  private static Optional<String> look(String image, LessonCluster cluster)
      throws IOException, InterruptedException {
    ObjectNode pod = pod(image);
    String name = pod.at("/metadata/name").asText();
    Command.Result created = cluster.create(pod);
    if (!created.succeeded()) {
      return Optional.of(
          "cannot check for image "
              + image
              + ", because its pod cannot be created: "
              + Kubectl.reason(created.err()));
    }
    long begin = System.nanoTime();
    while (true) {
      Duration waited = Duration.ofNanos(System.nanoTime() - begin);
      State state = state(cluster.get("pod", name), image, waited);
      if (state.decided()) {
        // The pod and its events must not appear in the lists of a lesson.
        cluster.delete("pod", name, "--grace-period=1", "--timeout=30s");
        cluster.delete("events", "--field-selector=involvedObject.name=" + name);
        return state.problem();
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** A pod that ends immediately. Its dry run also shows whether a namespace accepts pods. */
  static ObjectNode pod(String image) {
    String service = image.replaceFirst(".*/", "").replaceFirst(":.*", "");
    ObjectNode pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", POD + service).putObject("labels").put(LABEL, "true");
    ObjectNode spec = pod.putObject("spec").put("restartPolicy", "Never");
    spec.put("terminationGracePeriodSeconds", 1);
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", service).put("image", image).putArray("command").add("true");
    return pod;
  }

  /**
   * The result of one look at the pod.
   *
   * @param decided whether the check is complete
   */
  record State(boolean decided, Optional<String> problem) {
    private static final State WAITING = new State(false, Optional.empty());
    private static final State GOOD = new State(true, Optional.empty());

    private static State bad(String problem) {
      return new State(true, Optional.of(problem));
    }
  }

  static State state(JsonNode pod, String image, Duration waited) {
    JsonNode container = pod.at("/status/containerStatuses/0/state");
    if (container.has("running") || container.has("terminated")) {
      return State.GOOD;
    }
    String reason = container.at("/waiting/reason").asText();
    if (NO_IMAGE.contains(reason)) {
      return State.bad(
          "image "
              + image
              + " is not on the nodes and cannot be pulled ("
              + reason
              + "); load it with `"
              + Project.command()
              + " images --load kind|minikube|k3s|containerd`");
    }
    if (waited.compareTo(UNSCHEDULED) > 0 && container.isMissingNode()) {
      for (JsonNode condition : pod.at("/status/conditions")) {
        if (condition.path("type").asText().equals("PodScheduled")
            && condition.path("status").asText().equals("False")) {
          return State.bad(
              "no node can run a pod with image "
                  + image
                  + ": "
                  + condition.path("message").asText());
        }
      }
    }
    if (waited.compareTo(UNSTARTED) > 0) {
      return State.bad(
          "a container with image "
              + image
              + " did not start within "
              + UNSTARTED.toSeconds()
              + " s"
              + (reason.isEmpty() ? "" : ": " + reason));
    }
    return State.WAITING;
  }
}
