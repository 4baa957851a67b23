package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.util.Optional;

/**
 * The common properties of all kinds of workload.
 *
 * @param unit the counted unit: replica, node or pod
 * @param size the desired number of units; empty if not known yet
 * @param template the pod template, for comparison; empty for a ReplicaSet and a Job, which have no
 *     rollouts
 * @param held whether changes of the template start no rollout, as in a paused Deployment
 * @param outdated whether pods of an older template exist
 * @param finished identifies the finished rollout, for example by its ReplicaSet; empty if none is
 *     finished
 * @param finishedAt the time of the API, if it gives one
 * @param failure why it failed or makes no progress; empty if neither
 */
record Workload(
    HasMetadata object,
    String unit,
    Optional<Integer> size,
    Object template,
    boolean held,
    boolean outdated,
    Optional<String> finished,
    Optional<Instant> finishedAt,
    Optional<String> failure) {

  /** Empty for other kinds of objects and for a ReplicaSet with an owner. */
  static Optional<Workload> of(HasMetadata object) {
    if (object instanceof Deployment deployment) {
      return Optional.of(of(deployment));
    }
    if (object instanceof StatefulSet set) {
      return Optional.of(of(set));
    }
    if (object instanceof DaemonSet set) {
      return Optional.of(of(set));
    }
    if (object instanceof Job job) {
      return Optional.of(of(job));
    }
    if (object instanceof ReplicaSet set && set.getMetadata().getOwnerReferences().isEmpty()) {
      return Optional.of(of(set));
    }
    return Optional.empty();
  }

  private static Workload of(Deployment deployment) {
    var spec = deployment.getSpec();
    var status = deployment.getStatus();
    int size = number(spec.getReplicas(), 1);
    Optional<DeploymentCondition> progressing =
        status == null
            ? Optional.empty()
            : status.getConditions().stream()
                .filter(condition -> "Progressing".equals(condition.getType()))
                .findFirst();
    // After a complete rollout the condition no longer changes, even if pods fail.
    Optional<DeploymentCondition> available =
        progressing.filter(condition -> "NewReplicaSetAvailable".equals(condition.getReason()));
    boolean all =
        status != null
            && isObserved(deployment, status.getObservedGeneration())
            && number(status.getReplicas(), 0) == size
            && number(status.getUpdatedReplicas(), 0) == size
            && number(status.getAvailableReplicas(), 0) == size;
    return new Workload(
        deployment,
        "replica",
        Optional.of(size),
        spec.getTemplate(),
        Boolean.TRUE.equals(spec.getPaused()),
        status != null && number(status.getUpdatedReplicas(), 0) < number(status.getReplicas(), 0),
        progressing.isPresent()
            ? available.map(condition -> MomentText.orEmpty(condition.getMessage()))
            : Optional.of("").filter(counts -> all),
        available.flatMap(condition -> ApiTime.parse(condition.getLastUpdateTime())),
        progressing
            .filter(condition -> "False".equals(condition.getStatus()))
            .map(condition -> MomentText.join(condition.getReason(), condition.getMessage())));
  }

  private static Workload of(StatefulSet set) {
    var status = set.getStatus();
    int size = number(set.getSpec().getReplicas(), 1);
    boolean outdated =
        status != null
            && status.getUpdateRevision() != null
            && !status.getUpdateRevision().equals(status.getCurrentRevision());
    boolean finished =
        status != null
            && !outdated
            && isObserved(set, status.getObservedGeneration())
            && number(status.getReplicas(), 0) == size
            && number(status.getReadyReplicas(), 0) == size;
    return counted(set, "replica", Optional.of(size), set.getSpec().getTemplate(), finished);
  }

  private static Workload of(DaemonSet set) {
    var status = set.getStatus();
    int desired = status == null ? 0 : number(status.getDesiredNumberScheduled(), 0);
    boolean observed = status != null && isObserved(set, status.getObservedGeneration());
    boolean finished =
        observed
            && desired > 0
            && number(status.getUpdatedNumberScheduled(), 0) == desired
            && number(status.getNumberAvailable(), 0) == desired;
    return counted(
        set,
        "node",
        Optional.of(desired)
            .filter(known -> status != null && status.getObservedGeneration() != null),
        set.getSpec().getTemplate(),
        finished);
  }

  private static Workload of(ReplicaSet set) {
    var status = set.getStatus();
    int size = number(set.getSpec().getReplicas(), 1);
    boolean finished =
        status != null
            && isObserved(set, status.getObservedGeneration())
            && number(status.getAvailableReplicas(), 0) == size
            && number(status.getReplicas(), 0) == size;
    return counted(set, "replica", Optional.of(size), "", finished);
  }

  private static Workload counted(
      HasMetadata set, String unit, Optional<Integer> size, Object template, boolean finished) {
    return new Workload(
        set,
        unit,
        size,
        template,
        false,
        false,
        Optional.of("").filter(all -> finished),
        Optional.empty(),
        Optional.empty());
  }

  private static Workload of(Job job) {
    var status = job.getStatus();
    Optional<JobCondition> failed = condition(job, "Failed");
    return new Workload(
        job,
        "pod",
        Optional.of(number(job.getSpec().getParallelism(), 1)),
        "",
        false,
        false,
        condition(job, "Complete").map(complete -> "complete"),
        status == null ? Optional.empty() : ApiTime.parse(status.getCompletionTime()),
        failed.map(condition -> MomentText.join(condition.getReason(), condition.getMessage())));
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    return job.getStatus() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(condition -> type.equals(condition.getType()))
            .filter(condition -> "True".equals(condition.getStatus()))
            .findFirst();
  }

  boolean isJob() {
    return object instanceof Job;
  }

  /** For example {@code Deployment web}. */
  String title() {
    return object.getKind() + " " + object.getMetadata().getName();
  }

  /** For example {@code 3 replicas}. */
  String counted(int number) {
    return MomentText.counted(number, unit);
  }

  private static boolean isObserved(HasMetadata object, Long observed) {
    Long generation = object.getMetadata().getGeneration();
    return observed != null && (generation == null || observed >= generation);
  }

  private static int number(Integer set, int otherwise) {
    return set == null ? otherwise : set;
  }
}
