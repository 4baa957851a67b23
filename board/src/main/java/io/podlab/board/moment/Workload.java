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
 * What the kinds of workload have in common.
 *
 * @param unit what it counts: replicas, nodes, pods
 * @param size how many it shall have; empty if that is not known yet
 * @param template of its pods, for comparison; a ReplicaSet and a Job have no rollouts
 * @param held changes of the template start no rollout: a paused Deployment
 * @param outdated pods of an older template are there
 * @param finished names what is finished, a revision for example; empty while it is not
 * @param finishedAt if the API tells it
 * @param failure why it failed or does not get on; empty if it does
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

  /** Empty for any other kind of object, and for a ReplicaSet with an owner. */
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
    // Once a rollout is complete the condition stays as it is, whatever becomes of its pods.
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
            ? available.map(condition -> Line.orEmpty(condition.getMessage()))
            : Optional.of("").filter(counts -> all),
        available.flatMap(condition -> ApiTime.parse(condition.getLastUpdateTime())),
        progressing
            .filter(condition -> "False".equals(condition.getStatus()))
            .map(condition -> Line.join(condition.getReason(), condition.getMessage())));
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
        failed.map(condition -> Line.join(condition.getReason(), condition.getMessage())));
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
    return Line.counted(number, unit);
  }

  private static boolean isObserved(HasMetadata object, Long observed) {
    Long generation = object.getMetadata().getGeneration();
    return observed != null && (generation == null || observed >= generation);
  }

  private static int number(Integer set, int otherwise) {
    return set == null ? otherwise : set;
  }
}
