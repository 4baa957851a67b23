package io.podlab.board.moment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.podlab.board.moment.Recorded.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadMomentsTest {
  static Stream<Arguments> recorded() {
    return Stream.of(
        arguments(
            "deployment",
            Deployment.class,
            List.of(
                "rollout-started Deployment web created with 2 replicas",
                "rollout-finished rollout of Deployment web finished: 2 replicas ready",
                "scaled Deployment web scaled from 2 to 3",
                "rollout-started rollout of Deployment web started",
                "rollout-finished rollout of Deployment web finished: 3 replicas ready",
                "scaled Deployment web scaled from 3 to 0")),
        arguments(
            "statefulset",
            StatefulSet.class,
            List.of(
                "rollout-started StatefulSet db created with 2 replicas",
                "rollout-finished rollout of StatefulSet db finished: 2 replicas ready",
                "rollout-started rollout of StatefulSet db started",
                "rollout-finished rollout of StatefulSet db finished: 2 replicas ready",
                "scaled StatefulSet db scaled from 2 to 3",
                "rollout-finished rollout of StatefulSet db finished: 3 replicas ready")),
        arguments(
            "daemonset",
            DaemonSet.class,
            List.of(
                "rollout-started DaemonSet agent created",
                "rollout-finished rollout of DaemonSet agent finished: 1 node ready",
                "rollout-started rollout of DaemonSet agent started",
                "rollout-finished rollout of DaemonSet agent finished: 1 node ready")),
        arguments(
            "replicaset",
            ReplicaSet.class,
            List.of(
                "rollout-started ReplicaSet plain created with 1 replica",
                "rollout-finished rollout of ReplicaSet plain finished: 1 replica ready",
                "scaled ReplicaSet plain scaled from 1 to 2",
                "rollout-finished rollout of ReplicaSet plain finished: 2 replicas ready")),
        arguments(
            "job",
            Job.class,
            List.of(
                "rollout-started Job done created with 1 pod",
                "rollout-started Job fails created with 1 pod",
                "rollout-finished Job done is complete",
                "failed Job fails failed: BackoffLimitExceeded: Job has reached the specified backoff limit")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void derivesTheMomentsOfARecordedWorkload(
      String file, Class<? extends HasMetadata> type, List<String> moments) {
    assertThat(
            Recorded.changes(file, type).stream()
                .flatMap(
                    change ->
                        Recorded.lines(WorkloadMoments.between(change.before(), change.after()))
                            .stream()))
        .containsExactlyElementsOf(moments);
  }

  @Test
  void derivesTwoRolloutsFromOneUpdate() {
    List<Change<Deployment>> web = Recorded.changes("deployment", Deployment.class);
    Optional<Deployment> first = web.get(5).after();
    Optional<Deployment> second =
        web.stream()
            .map(change -> change.after().orElseThrow())
            .filter(deployment -> deployment.getMetadata().getGeneration() == 3)
            .reduce((a, b) -> b);

    assertThat(Recorded.lines(WorkloadMoments.between(first, second)))
        .containsExactly(
            "scaled Deployment web scaled from 2 to 3",
            "rollout-started rollout of Deployment web started",
            "rollout-finished rollout of Deployment web finished: 3 replicas ready");
  }

  @Test
  void startsTheRolloutOfAPausedDeploymentWhenItIsResumed() {
    Deployment old = deployment(5);
    Deployment paused = new DeploymentBuilder(old).editSpec().withPaused(true).endSpec().build();
    Deployment changed =
        new DeploymentBuilder(paused)
            .editSpec()
            .editTemplate()
            .editMetadata()
            .addToLabels("version", "2")
            .endMetadata()
            .endTemplate()
            .endSpec()
            .editStatus()
            .withUpdatedReplicas(0)
            .endStatus()
            .build();
    Deployment resumed =
        new DeploymentBuilder(changed).editSpec().withPaused(false).endSpec().build();

    assertThat(between(old, paused)).isEmpty();
    assertThat(between(paused, changed)).isEmpty();
    assertThat(between(changed, resumed))
        .containsExactly("rollout-started rollout of Deployment web started");
  }

  @Test
  void reportsARolloutWithoutProgress() {
    Deployment running = deployment(3);
    Deployment stuck =
        new DeploymentBuilder(running)
            .editStatus()
            .withConditions()
            .addNewCondition()
            .withType("Progressing")
            .withStatus("False")
            .withReason("ProgressDeadlineExceeded")
            .withMessage("ReplicaSet \"web-1\" has timed out progressing.")
            .endCondition()
            .endStatus()
            .build();

    assertThat(between(running, stuck))
        .containsExactly(
            "warning rollout of Deployment web: ProgressDeadlineExceeded: ReplicaSet \"web-1\" has"
                + " timed out progressing.");
  }

  @Test
  void isNotARolloutIfAPodWasTemporarilyNotReady() {
    Deployment all = deployment(5);
    Deployment one =
        new DeploymentBuilder(all).editStatus().withAvailableReplicas(1).endStatus().build();

    assertThat(between(all, one)).isEmpty();
    assertThat(between(one, all)).isEmpty();
  }

  @Test
  void ignoresOwnedReplicaSetsAndOtherObjects() {
    ReplicaSet owned =
        new ReplicaSetBuilder(
                Recorded.changes("replicaset", ReplicaSet.class).get(0).after().orElseThrow())
            .editMetadata()
            .addNewOwnerReference()
            .withKind("Deployment")
            .withName("web")
            .endOwnerReference()
            .endMetadata()
            .build();

    assertThat(WorkloadMoments.between(Optional.empty(), Optional.of(owned))).isEmpty();
    assertThat(
            WorkloadMoments.rebuilt(new ConfigMapBuilder().withNewMetadata().endMetadata().build()))
        .isEmpty();
  }

  @Test
  void reportsTheDeletion() {
    assertThat(WorkloadMoments.between(Optional.of(deployment(5)), Optional.empty()))
        .extracting(Observed::kind, Observed::text)
        .containsExactly(tuple(Kind.GONE, "Deployment web deleted"));
  }

  @Test
  void rebuildsTheCreationAndTheLastRollout() {
    List<Observed> moments = WorkloadMoments.rebuilt(deployment(5));

    assertThat(Recorded.lines(moments))
        .containsExactly(
            "rollout-started Deployment web created",
            "rollout-finished rollout of Deployment web finished: 2 replicas ready");
    assertThat(moments)
        .allMatch(Observed::approximate)
        .extracting(moment -> moment.apiTime().orElseThrow())
        .containsExactly(
            Instant.parse("2026-11-27T05:41:43Z"), Instant.parse("2026-11-27T05:41:55Z"));
  }

  private static List<String> between(HasMetadata before, HasMetadata after) {
    return Recorded.lines(WorkloadMoments.between(Optional.of(before), Optional.of(after)));
  }

  /** The recorded Deployment as its n-th update left it, from 0. */
  private static Deployment deployment(int update) {
    return Recorded.changes("deployment", Deployment.class).get(update).after().orElseThrow();
  }
}
