package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
  private static final ObjectMapper YAML = new YAMLMapper();

  private static final String STARTING = "{observedGeneration: 2, replicas: 1, updatedReplicas: 1}";

  private static Availability of(String status, String... pods) throws Exception {
    JsonNode deployment =
        YAML.readTree(
            "{metadata: {generation: 2}, spec: {replicas: 1, selector: {matchLabels: {app: a}}},"
                + " status: "
                + status
                + "}");
    List<JsonNode> parsed = new ArrayList<>();
    for (String pod : pods) {
      parsed.add(YAML.readTree(pod));
    }
    return Availability.of("demo-app", Optional.of(deployment), parsed);
  }

  private static String pod(String labels, String status) {
    return "{metadata: {labels: " + labels + "}, status: " + status + "}";
  }

  private static String waiting(String reason) {
    return pod(
        "{app: a}",
        "{phase: Pending, containerStatuses: [{state: {waiting: {reason: "
            + reason
            + ", message: why}}}]}");
  }

  @Test
  void isAvailableWhenEveryReplicaIsUpToDateAndAvailable() throws Exception {
    assertThat(
            of(
                "{observedGeneration: 2, replicas: 1, updatedReplicas: 1, readyReplicas: 1,"
                    + " availableReplicas: 1}"))
        .isEqualTo(new Availability("demo-app", 1, 1, true, "", ""));
  }

  @Test
  void isNotAvailableBeforeTheClusterHasSeenTheChange() throws Exception {
    assertThat(
            of("{observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1,"
                    + " availableReplicas: 1}")
                .available())
        .isFalse();
  }

  @Test
  void isNotAvailableWhileAnOldPodIsStillThere() throws Exception {
    assertThat(
            of("{observedGeneration: 2, replicas: 2, updatedReplicas: 1, readyReplicas: 1,"
                    + " availableReplicas: 1}")
                .line())
        .isEqualTo("demo-app 1/1 ready: replacing its pods");
  }

  @Test
  void tellsWhatAContainerWaitsFor() throws Exception {
    assertThat(of(STARTING, waiting("ContainerCreating")).line())
        .isEqualTo("demo-app 0/1 ready: ContainerCreating");
  }

  @Test
  void prefersTheReasonThatDoesNotPassByItself() throws Exception {
    assertThat(of(STARTING, waiting("ContainerCreating"), waiting("ErrImagePull")).reason())
        .isEqualTo("ErrImagePull");
  }

  @Test
  void doesNotLookAtPodsOfOthers() throws Exception {
    assertThat(
            of(STARTING, pod("{app: b}", "{phase: Pending}"), waiting("ContainerCreating"))
                .reason())
        .isEqualTo("ContainerCreating");
  }

  @Test
  void explainsHowAMissingImageGetsThere() throws Exception {
    assertThat(of(STARTING, waiting("ImagePullBackOff")).explanation("podlab").lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("demo-app 0/1 ready: ImagePullBackOff"),
            line -> assertThat(line).isEqualTo("  why"),
            line -> assertThat(line).contains("deploy/lab images --load"));
  }

  @Test
  void explainsHowToSeeWhyAPodCrashes() throws Exception {
    assertThat(of(STARTING, waiting("CrashLoopBackOff")).explanation("course-7"))
        .endsWith("kubectl -n course-7 logs deployment/demo-app --previous`");
  }

  @Test
  void tellsThatNoNodeTakesThePod() throws Exception {
    assertThat(
            of(
                STARTING,
                pod(
                    "{app: a}",
                    "{conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable,"
                        + " message: 0/1 nodes}]}")))
        .extracting(Availability::reason, Availability::message)
        .containsExactly("Unschedulable", "0/1 nodes");
  }

  @Test
  void tellsThatPodsAreRefused() throws Exception {
    assertThat(
            of("{observedGeneration: 2, conditions: [{type: ReplicaFailure, status: 'True',"
                    + " reason: FailedCreate, message: exceeded quota}]}")
                .explanation("podlab"))
        .isEqualTo("demo-app 0/1 ready: FailedCreate\n  exceeded quota");
  }

  @Test
  void tellsThatTheDeploymentIsGone() {
    assertThat(Availability.of("demo-app", Optional.empty(), List.of()).line())
        .isEqualTo("demo-app 0/1 ready: the Deployment does not exist");
  }
}
