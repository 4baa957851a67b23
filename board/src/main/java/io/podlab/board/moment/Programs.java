package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes pods that run a program which reports its own moments. */
public final class Programs {
  public static final String DEMO_APP = "demo-app";
  public static final String PROBE_TARGET = "probe-target";

  private static final String NAME_LABEL = "app.kubernetes.io/name";
  private static final List<String> ALL = List.of(DEMO_APP, PROBE_TARGET);

  /** A registry and a path before the name, a tag and a digest after it. */
  private static final Pattern IMAGE =
      Pattern.compile("(?:.+/)?podlab/(?<name>[^/:@]+)(?::[^/:@]+)?(?:@.+)?");

  /** Image names that the training uses. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "quay.io/junkai/demo:1.0", DEMO_APP,
          "quay.io/junkai/training:liveness", PROBE_TARGET,
          "quay.io/junkai/training:goproxy-liveness", PROBE_TARGET);

  private Programs() {}

  /** {@code demo-app} or {@code probe-target}, if a container of the pod runs it. */
  public static Optional<String> of(Pod pod) {
    return container(pod)
        .flatMap(container -> ofImage(container.getImage()).or(() -> ofLabel(pod)));
  }

  /** The container with the program's image; if only the label matches, the first container. */
  public static Optional<Container> container(Pod pod) {
    List<Container> containers = pod.getSpec() == null ? List.of() : pod.getSpec().getContainers();
    return containers.stream()
        .filter(container -> ofImage(container.getImage()).isPresent())
        .findFirst()
        .or(() -> ofLabel(pod).flatMap(program -> containers.stream().findFirst()));
  }

  static Optional<String> ofImage(String image) {
    if (image == null) {
      return Optional.empty();
    }
    Matcher podlab = IMAGE.matcher(image);
    return podlab.matches()
        ? Optional.of(podlab.group("name")).filter(ALL::contains)
        : Optional.ofNullable(ALIASES.get(image));
  }

  private static Optional<String> ofLabel(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return Optional.ofNullable(labels == null ? null : labels.get(NAME_LABEL))
        .filter(ALL::contains);
  }
}
