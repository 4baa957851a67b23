package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** The moments of a pod, by two successive states of it. */
public final class PodMoments {
  private PodMoments() {}

  /**
   * @param before empty if the pod was just created
   * @param after empty if the pod is gone
   */
  public static List<Observed> between(Optional<Pod> before, Optional<Pod> after) {
    return List.of();
  }

  /** What its status still tells of a pod that was there before the board: all approximate. */
  public static List<Observed> rebuilt(Pod pod) {
    return List.of();
  }

  public static PodState state(Pod pod) {
    return PodState.PENDING;
  }

  /** The UID that Events about the pod carry: for a mirror pod that of the kubelet's static pod. */
  public static String eventUid(Pod pod) {
    return pod.getMetadata().getUid();
  }
}
