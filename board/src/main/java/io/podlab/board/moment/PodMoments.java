package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.podlab.kit.duration.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The moments of a pod, derived from two successive states. Events add pulled images, failed probes
 * and failed hooks.
 */
public final class PodMoments {
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final Duration STATUS_DELAY = Duration.ofSeconds(1);

  private PodMoments() {}

  /**
   * @param before empty for a new pod
   * @param after empty for a deleted pod
   * @return in order; moments of one update are sorted by API time
   */
  public static List<Observed> between(Optional<Pod> before, Optional<Pod> after) {
    if (after.isPresent()) {
      return between(before, after.get());
    }
    return before.stream()
        .map(pod -> moment(pod, Kind.GONE, Optional.empty(), "deleted").entering(PodState.GONE))
        .toList();
  }

  /**
   * The moments that the status of a pod still shows when the board starts: all approximate, in
   * order of time, ending in the current state.
   */
  public static List<Observed> rebuilt(Pod pod) {
    Optional<Instant> last = Optional.empty();
    List<Observed> moments = new ArrayList<>();
    for (Observed moment : between(Optional.empty(), pod)) {
      Optional<Instant> before = last;
      last = moment.apiTime().or(() -> before);
      moments.add(moment.at(last).asApproximate());
    }
    return moments;
  }

  public static PodState state(Pod pod) {
    return PodStatuses.state(pod);
  }

  /** The UID in Events about the pod. For a mirror pod, it is the UID of the static pod. */
  public static String eventUid(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    String mirrored = annotations == null ? null : annotations.get(MIRROR);
    return mirrored == null ? pod.getMetadata().getUid() : mirrored;
  }

  private static List<Observed> between(Optional<Pod> before, Pod after) {
    List<Step> steps = new ArrayList<>();
    if (before.isEmpty()) {
      steps.add(Step.to(PodState.PENDING, created(after)));
    }
    scheduled(before, after).ifPresent(steps::add);
    steps.addAll(ContainerMoments.between(before, after));
    readiness(before, after, steps);
    deletion(before, after).ifPresent(steps::add);
    ended(before, after).ifPresent(steps::add);
    return Step.entering(
        before.map(PodStatuses::state),
        Step.inOrder(steps.stream().map(step -> sinceCreation(after, step)).toList()),
        PodStatuses.state(after),
        changed(before, after));
  }

  /**
   * A static pod and its containers may be older than the mirror pod. For the mirror pod, such a
   * time means now.
   */
  private static Step sinceCreation(Pod pod, Step step) {
    Optional<Instant> created = ApiTime.parse(pod.getMetadata().getCreationTimestamp());
    Optional<Instant> time =
        step.observed().apiTime().filter(at -> created.filter(at::isBefore).isEmpty());
    return new Step(step.observed().at(time), step.leadsTo());
  }

  private static Observed created(Pod pod) {
    String by =
        pod.getMetadata().getOwnerReferences().stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .findFirst()
            .map(PodMoments::creator)
            .orElse("");
    return moment(
        pod, Kind.CREATED, ApiTime.parse(pod.getMetadata().getCreationTimestamp()), "created" + by);
  }

  private static String creator(OwnerReference owner) {
    return owner.getKind().equals("Node")
        ? " as the mirror pod of a static pod"
        : " by " + owner.getKind() + " " + owner.getName();
  }

  private static Optional<Step> scheduled(Optional<Pod> before, Pod after) {
    Optional<String> node = PodStatuses.node(after);
    if (node.isEmpty() || before.flatMap(PodStatuses::node).isPresent()) {
      return Optional.empty();
    }
    PodState next =
        PodStatuses.initContainers(after).isEmpty() ? PodState.CREATING : PodState.INITIALIZING;
    Optional<Instant> time =
        PodStatuses.condition(after, "PodScheduled").flatMap(PodMoments::since);
    return Optional.of(
        Step.to(next, moment(after, Kind.SCHEDULED, time, "scheduled to node " + node.get())));
  }

  /**
   * If the condition Ready has a new transition time but the same value, the pod had the opposite
   * value for a short time. A pod that ended gets no such moment: its end implies it.
   */
  private static void readiness(Optional<Pod> before, Pod after, List<Step> steps) {
    Optional<PodCondition> condition = PodStatuses.condition(after, "Ready");
    if (condition.isEmpty() || PodStatuses.hasEnded(after)) {
      return;
    }
    Optional<Instant> since = since(condition.get());
    boolean was = before.filter(pod -> PodStatuses.isTrue(pod, "Ready")).isPresent();
    boolean is = PodStatuses.isTrue(after, "Ready");
    boolean flipped = was == is && hasChanged(before, after, since);
    Step ready =
        Step.to(PodState.READY, moment(after, Kind.READY, is ? since : Optional.empty(), "ready"));
    Step notReady =
        Step.to(
            PodState.NOT_READY,
            moment(
                after,
                Kind.NOT_READY,
                is ? Optional.empty() : since,
                is
                    ? "not ready for a short time"
                    : MomentText.join("not ready", condition.get().getMessage())));
    if (is && flipped && before.isPresent()) {
      steps.add(notReady);
    }
    if (is && (!was || flipped)) {
      steps.add(ready);
    }
    if (!is && flipped) {
      steps.add(beforeLastEnd(steps), ready);
    }
    if (!is && (was || flipped)) {
      steps.add(notReady);
    }
  }

  /** A new pod is not ready from its first status on; this is not a change. */
  private static boolean hasChanged(Optional<Pod> before, Pod after, Optional<Instant> since) {
    Optional<Instant> known =
        before
            .flatMap(pod -> PodStatuses.condition(pod, "Ready"))
            .flatMap(PodMoments::since)
            .or(
                () ->
                    ApiTime.parse(PodStatuses.of(after).getStartTime())
                        .map(time -> time.plus(STATUS_DELAY)));
    return since.isPresent() && known.isPresent() && since.get().isAfter(known.get());
  }

  private static int beforeLastEnd(List<Step> steps) {
    for (int at = steps.size() - 1; at >= 0; at--) {
      Kind kind = steps.get(at).observed().kind();
      if (kind == Kind.TERMINATED || kind == Kind.OOM_KILLED) {
        return at;
      }
    }
    return steps.size();
  }

  /**
   * With grace period 0, the kubelet removes the pod after all containers ended; this is not a new
   * request.
   */
  private static Optional<Step> deletion(Optional<Pod> before, Pod after) {
    ObjectMeta now = after.getMetadata();
    Optional<ObjectMeta> was =
        before.map(Pod::getMetadata).filter(meta -> meta.getDeletionTimestamp() != null);
    Long grace = now.getDeletionGracePeriodSeconds();
    if (now.getDeletionTimestamp() == null) {
      return Optional.empty();
    }
    if (was.isPresent()) {
      Long earlier = was.get().getDeletionGracePeriodSeconds();
      return grace == null || grace == 0 || grace.equals(earlier)
          ? Optional.empty()
          : Optional.of(
              Step.to(
                  PodState.TERMINATING,
                  moment(
                      after,
                      Kind.DELETION_REQUESTED,
                      Optional.empty(),
                      "deletion requested again, grace period " + seconds(grace))));
    }
    Optional<Instant> requested =
        ApiTime.parse(now.getDeletionTimestamp())
            .map(end -> end.minusSeconds(grace == null ? 0 : grace));
    String text = "deletion requested" + (grace == null ? "" : ", grace period " + seconds(grace));
    return Optional.of(
        Step.to(PodState.TERMINATING, moment(after, Kind.DELETION_REQUESTED, requested, text)));
  }

  private static String seconds(long seconds) {
    return GoDuration.format(Duration.ofSeconds(seconds));
  }

  private static Optional<Step> ended(Optional<Pod> before, Pod after) {
    if (!PodStatuses.hasEnded(after) || before.filter(PodStatuses::hasEnded).isPresent()) {
      return Optional.empty();
    }
    if (PodStatuses.phase(after).equals("Succeeded")) {
      return Optional.of(
          Step.to(PodState.SUCCEEDED, moment(after, Kind.SUCCEEDED, lastEnd(after), "succeeded")));
    }
    String reason = MomentText.orEmpty(PodStatuses.of(after).getReason());
    String message = PodStatuses.of(after).getMessage();
    Observed moment =
        switch (reason) {
          case "Evicted" ->
              moment(after, Kind.EVICTED, Optional.empty(), MomentText.join("evicted", message));
          case "Preempting" ->
              moment(
                  after, Kind.PREEMPTED, Optional.empty(), MomentText.join("preempted", message));
          default ->
              moment(
                  after, Kind.FAILED, lastEnd(after), MomentText.join("failed", reason, message));
        };
    return Optional.of(Step.to(PodState.FAILED, moment));
  }

  private static Optional<Instant> lastEnd(Pod pod) {
    return PodStatuses.containers(pod).stream()
        .flatMap(status -> Optional.ofNullable(status.getState()).stream())
        .flatMap(state -> Optional.ofNullable(state.getTerminated()).stream())
        .map(ContainerStateTerminated::getFinishedAt)
        .flatMap(time -> ApiTime.parse(time).stream())
        .max(Instant::compareTo);
  }

  private static Observed changed(Optional<Pod> before, Pod after) {
    String phase = PodStatuses.phase(after);
    boolean same = before.map(PodStatuses::phase).equals(Optional.of(phase));
    String text =
        MomentText.join(
            same ? describe(PodStatuses.state(after)) : "phase " + phase,
            PodStatuses.of(after).getReason(),
            PodStatuses.of(after).getMessage());
    return moment(after, Kind.PHASE_CHANGED, Optional.empty(), text);
  }

  private static String describe(PodState state) {
    return switch (state) {
      case PENDING -> "waiting for a node";
      case INITIALIZING -> "init containers are running";
      case CREATING -> "containers are being created";
      case NOT_READY -> "running, not ready";
      case READY -> "ready";
      case BACKING_OFF -> "waiting after a failure";
      case TERMINATING -> "terminating";
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      case UNKNOWN -> "state unknown";
      case GONE -> "deleted";
    };
  }

  private static Optional<Instant> since(PodCondition condition) {
    return ApiTime.parse(condition.getLastTransitionTime());
  }

  private static Observed moment(Pod pod, Kind kind, Optional<Instant> time, String text) {
    return Observed.of(pod.getMetadata().getUid(), kind, Source.PODS, time, MomentText.of(text));
  }
}
