package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The moments of a Deployment, StatefulSet, DaemonSet, Job, or ReplicaSet without an owner.
 *
 * <p>A Deployment reports when a rollout is finished. A StatefulSet, a DaemonSet and a ReplicaSet
 * only report counts, so their rollout counts as finished whenever all pods are up to date and
 * ready. This includes the return of a pod that was not ready for a time.
 */
public final class WorkloadMoments {
  private WorkloadMoments() {}

  /**
   * @param before empty for a new workload
   * @param after empty for a deleted workload
   */
  public static List<Observed> between(
      Optional<? extends HasMetadata> before, Optional<? extends HasMetadata> after) {
    Optional<Workload> was = before.flatMap(Workload::of);
    Optional<Workload> is = after.flatMap(Workload::of);
    if (is.isPresent()) {
      return between(was, is.get(), was.isEmpty() ? sized(is.get()) : "");
    }
    return was.stream()
        .map(workload -> moment(workload, Kind.GONE, workload.title() + " deleted"))
        .toList();
  }

  /** The moments of a workload that existed before the board started; all are approximate. */
  public static List<Observed> rebuilt(HasMetadata workload) {
    Optional<Instant> created = ApiTime.parse(workload.getMetadata().getCreationTimestamp());
    return Workload.of(workload).stream()
        .flatMap(known -> between(Optional.empty(), known, "").stream())
        .map(moment -> moment.at(moment.apiTime().or(() -> created)).asApproximate())
        .toList();
  }

  private static List<Observed> between(Optional<Workload> before, Workload after, String sized) {
    List<Observed> moments = new ArrayList<>();
    Optional<Integer> size = before.flatMap(Workload::size);
    if (before.isEmpty()) {
      moments.add(
          moment(after, Kind.ROLLOUT_STARTED, after.title() + " created" + sized)
              .at(ApiTime.parse(after.object().getMetadata().getCreationTimestamp())));
    } else if (size.isPresent() && after.size().isPresent() && !size.equals(after.size())) {
      moments.add(
          moment(
              after,
              Kind.SCALED,
              "%s scaled from %d to %s".formatted(after.title(), size.get(), scaledTo(after))));
    }
    if (before.filter(was -> startsRollout(was, after)).isPresent()) {
      moments.add(
          moment(after, Kind.ROLLOUT_STARTED, "rollout of %s started".formatted(after.title())));
    }
    after
        .failure()
        .filter(failure -> !before.flatMap(Workload::failure).equals(Optional.of(failure)))
        .ifPresent(failure -> moments.add(failed(after, failure)));
    if (after.finished().isPresent()
        && !before.flatMap(Workload::finished).equals(after.finished())) {
      moments.add(moment(after, Kind.ROLLOUT_FINISHED, finished(after)).at(after.finishedAt()));
    }
    return moments;
  }

  private static boolean startsRollout(Workload before, Workload after) {
    boolean resumed = before.held() && after.outdated();
    return !after.held() && (resumed || !before.template().equals(after.template()));
  }

  private static String sized(Workload workload) {
    return workload.size().map(size -> " with " + workload.counted(size)).orElse("");
  }

  private static String scaledTo(Workload workload) {
    int size = workload.size().orElseThrow();
    return workload.unit().equals("replica") ? Integer.toString(size) : workload.counted(size);
  }

  private static String finished(Workload workload) {
    if (workload.isJob()) {
      return workload.title() + " is complete";
    }
    return workload
        .size()
        .map(
            size ->
                "rollout of %s finished: %s ready"
                    .formatted(workload.title(), workload.counted(size)))
        .orElse("rollout of %s finished".formatted(workload.title()));
  }

  private static Observed failed(Workload workload, String failure) {
    return workload.isJob()
        ? moment(workload, Kind.FAILED, MomentText.join(workload.title() + " failed", failure))
        : moment(
            workload, Kind.WARNING, MomentText.join("rollout of " + workload.title(), failure));
  }

  private static Observed moment(Workload workload, Kind kind, String text) {
    return Observed.of(
        workload.object().getMetadata().getUid(),
        kind,
        Source.WORKLOADS,
        Optional.empty(),
        MomentText.of(text));
  }
}
