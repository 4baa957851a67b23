package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * The moments of a Deployment, StatefulSet, DaemonSet, Job, or ReplicaSet without an owner; of any
 * other object none.
 */
public final class WorkloadMoments {
  private WorkloadMoments() {}

  /**
   * @param before empty if it was just created
   * @param after empty if it is gone
   */
  public static List<Observed> between(
      Optional<? extends HasMetadata> before, Optional<? extends HasMetadata> after) {
    return List.of();
  }

  /** Of an object that was there before the board: all approximate. */
  public static List<Observed> rebuilt(HasMetadata workload) {
    return List.of();
  }
}
