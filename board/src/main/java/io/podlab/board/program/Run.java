package io.podlab.board.program;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.podlab.board.moment.Programs;
import java.util.List;
import java.util.Optional;

/**
 * A run of a container with a known program. After a restart, it is another run with new reports.
 *
 * @param started the RFC 3339 time from the API
 */
record Run(
    String uid,
    String namespace,
    String pod,
    String ip,
    String container,
    String containerId,
    String started,
    String program,
    int port) {
  private static final int USUAL_PORT = 8080;

  /** Empty unless the container is running and the pod has an IP address. */
  static Optional<Run> of(Pod pod) {
    if (pod.getStatus() == null || pod.getStatus().getPodIP() == null) {
      return Optional.empty();
    }
    return Programs.of(pod)
        .flatMap(
            program ->
                Programs.container(pod)
                    .flatMap(
                        container ->
                            status(pod, container).map(of -> run(pod, program, container, of))));
  }

  private static Optional<ContainerStatus> status(Pod pod, Container container) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(status -> status.getName().equals(container.getName()))
        .filter(status -> status.getState() != null && status.getState().getRunning() != null)
        .findFirst();
  }

  private static Run run(Pod pod, String program, Container container, ContainerStatus status) {
    ContainerStateRunning running = status.getState().getRunning();
    return new Run(
        pod.getMetadata().getUid(),
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getName(),
        pod.getStatus().getPodIP(),
        container.getName(),
        status.getContainerID() + "#" + status.getRestartCount(),
        running.getStartedAt() == null ? "" : running.getStartedAt(),
        program,
        port(container));
  }

  /** The port named {@code http}, or else 8080, the default of the images. */
  private static int port(Container container) {
    List<ContainerPort> ports = container.getPorts();
    return ports.stream()
        .filter(port -> "http".equals(port.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElse(USUAL_PORT);
  }
}
