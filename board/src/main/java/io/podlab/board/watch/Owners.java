package io.podlab.board.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.podlab.board.moment.Programs;
import io.podlab.board.timeline.Lane;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds the lane of an object and the workload of a pod. */
final class Owners {
  static final String REPLICA_SET = "ReplicaSet";

  private Owners() {}

  static Optional<OwnerReference> controller(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .findFirst();
  }

  /**
   * @param replicaSets looks up known ReplicaSets by UID
   */
  static Lane lane(Pod pod, Function<String, Optional<? extends HasMetadata>> replicaSets) {
    return new Lane(
        pod.getMetadata().getUid(),
        "Pod",
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getName(),
        owner(pod, replicaSets).map(one -> one.getKind() + "/" + one.getName()).orElse(null),
        pod.getMetadata().getLabels(),
        pod.getSpec() == null ? null : pod.getSpec().getNodeName(),
        Programs.of(pod).orElse(null),
        null,
        null);
  }

  private static Optional<OwnerReference> owner(
      Pod pod, Function<String, Optional<? extends HasMetadata>> replicaSets) {
    return controller(pod)
        .map(
            direct ->
                direct.getKind().equals(REPLICA_SET)
                    ? replicaSets.apply(direct.getUid()).flatMap(Owners::controller).orElse(direct)
                    : direct);
  }

  /** The lane of an object other than a pod. */
  static Lane lane(HasMetadata object) {
    return new Lane(
        object.getMetadata().getUid(),
        object.getKind(),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName(),
        null,
        object.getMetadata().getLabels(),
        null,
        null,
        null,
        null);
  }

  /** The lane of the board's own moments about a namespace. */
  static Lane board(String namespace) {
    return new Lane(
        Lane.ofBoard(namespace),
        "Board",
        namespace,
        namespace,
        null,
        Map.of(),
        null,
        null,
        null,
        null);
  }
}
