package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the status of a pod. A pod without a status counts as Pending. */
final class PodStatuses {
  private static final Set<String> USUAL = Set.of("ContainerCreating", "PodInitializing");
  private static final PodStatus NONE = new PodStatus();

  private PodStatuses() {}

  static PodStatus of(Pod pod) {
    return pod.getStatus() == null ? NONE : pod.getStatus();
  }

  static String phase(Pod pod) {
    String phase = of(pod).getPhase();
    return phase == null ? "Pending" : phase;
  }

  static boolean hasEnded(Pod pod) {
    return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
  }

  static Optional<PodCondition> condition(Pod pod, String type) {
    return of(pod).getConditions().stream()
        .filter(condition -> type.equals(condition.getType()))
        .findFirst();
  }

  static boolean isTrue(Pod pod, String type) {
    return condition(pod, type).filter(is -> "True".equals(is.getStatus())).isPresent();
  }

  /** Init containers that end, which excludes sidecars (restartPolicy Always). */
  static List<String> initContainers(Pod pod) {
    return pod.getSpec() == null
        ? List.of()
        : pod.getSpec().getInitContainers().stream()
            .filter(container -> !"Always".equals(container.getRestartPolicy()))
            .map(Container::getName)
            .toList();
  }

  /** The statuses of init containers, containers and ephemeral containers, in order of start. */
  static List<ContainerStatus> containers(Pod pod) {
    PodStatus status = of(pod);
    return Stream.of(
            status.getInitContainerStatuses(),
            status.getContainerStatuses(),
            status.getEphemeralContainerStatuses())
        .flatMap(List::stream)
        .toList();
  }

  /** The reason why the container waits, if it waits because of a failure. */
  static Optional<ContainerStateWaiting> backOff(ContainerStatus status) {
    return Optional.ofNullable(status.getState())
        .map(ContainerState::getWaiting)
        .filter(waiting -> waiting.getReason() != null && !USUAL.contains(waiting.getReason()));
  }

  static PodState state(Pod pod) {
    if (phase(pod).equals("Unknown") || "NodeLost".equals(of(pod).getReason())) {
      return PodState.UNKNOWN;
    }
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return PodState.TERMINATING;
    }
    if (phase(pod).equals("Succeeded")) {
      return PodState.SUCCEEDED;
    }
    if (phase(pod).equals("Failed")) {
      return PodState.FAILED;
    }
    if (containers(pod).stream().anyMatch(status -> backOff(status).isPresent())) {
      return PodState.BACKING_OFF;
    }
    if (node(pod).isEmpty()) {
      return PodState.PENDING;
    }
    if (!initContainers(pod).isEmpty() && !isTrue(pod, "Initialized")) {
      return PodState.INITIALIZING;
    }
    if (!phase(pod).equals("Running")) {
      return PodState.CREATING;
    }
    return isTrue(pod, "Ready") ? PodState.READY : PodState.NOT_READY;
  }

  static Optional<String> node(Pod pod) {
    return Optional.ofNullable(pod.getSpec())
        .map(spec -> spec.getNodeName())
        .filter(name -> !name.isEmpty());
  }
}
