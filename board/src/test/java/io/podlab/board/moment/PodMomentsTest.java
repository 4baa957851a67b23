package io.podlab.board.moment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.podlab.board.moment.Recorded.Change;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PodMomentsTest {
  private static final String NOT_READY_APP =
      "not-ready not ready: containers with unready status: [app]";

  /** All moments of a recorded pod from its creation on. */
  static Stream<Arguments> recorded() {
    return Stream.of(
        arguments(
            "static",
            List.of(
                "created [PENDING] created as the mirror pod of a static pod",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container main started",
                "ready [READY] ready",
                "deletion-requested [TERMINATING] deletion requested, grace period 2s",
                "gone [GONE] deleted",
                "created [PENDING] created as the mirror pod of a static pod",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container main started",
                "ready [READY] ready",
                "deletion-requested [TERMINATING] deletion requested, grace period 0s",
                "gone [GONE] deleted")),
        arguments(
            "readiness",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container probe-target started",
                "ready [READY] ready",
                "not-ready [NOT_READY] not ready: containers with unready status: [probe-target]",
                "ready [READY] ready",
                "not-ready [NOT_READY] not ready: containers with unready status: [probe-target]",
                "deletion-requested [TERMINATING] deletion requested, grace period 5s",
                "ready ready",
                "terminated container probe-target ended with exit code 143 (SIGTERM): Error: liveness failed from 10.0s; no probe seen; readiness ok; 44 probes ok, 20 failed; SIGTERM after 64.1s",
                "not-ready not ready: containers with unready status: [probe-target]",
                "gone [GONE] deleted")),
        arguments(
            "init",
            List.of(
                "created [PENDING] created",
                "scheduled [INITIALIZING] scheduled to node node1",
                "init-started init container 1 of 2 started: first",
                "init-finished init container 1 of 2 finished: first",
                "init-started init container 2 of 2 started: second",
                "init-finished [CREATING] init container 2 of 2 finished: second",
                "container-started [NOT_READY] container app started",
                "ready [READY] ready",
                "deletion-requested [TERMINATING] deletion requested, grace period 2s",
                "terminated container app ended with exit code 137 (SIGKILL): Error",
                NOT_READY_APP,
                "gone [GONE] deleted")),
        arguments(
            "init-fails",
            List.of(
                "created [PENDING] created",
                "scheduled [INITIALIZING] scheduled to node node1",
                "init-started init container 1 of 1 started: first",
                "terminated init container first ended with exit code 4: Error",
                "restarted init container first restarted (restart count 1)",
                "terminated init container first ended with exit code 4: Error",
                "back-off [BACKING_OFF] init container first waits until 05:41:57 UTC: CrashLoopBackOff, back-off 10s",
                "restarted [INITIALIZING] init container first restarted (restart count 2)",
                "terminated init container first ended with exit code 4: Error")),
        arguments(
            "crash",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container app started",
                "ready [READY] ready",
                "terminated container app ended with exit code 3: Error: no configuration",
                "not-ready [NOT_READY] not ready: containers with unready status: [app]",
                "restarted container app restarted (restart count 1)",
                "ready [READY] ready",
                "terminated container app ended with exit code 3: Error: no configuration",
                "back-off [BACKING_OFF] container app waits until 05:41:57 UTC: CrashLoopBackOff, back-off 10s",
                NOT_READY_APP,
                "restarted [NOT_READY] container app restarted (restart count 2)",
                "ready [READY] ready",
                "terminated container app ended with exit code 3: Error: no configuration",
                "not-ready [NOT_READY] not ready: containers with unready status: [app]",
                "back-off [BACKING_OFF] container app waits until 05:42:24 UTC: CrashLoopBackOff, back-off 20s",
                "restarted [NOT_READY] container app restarted (restart count 3)",
                "ready [READY] ready")),
        arguments(
            "oom",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container app started",
                "ready [READY] ready",
                "oom-killed container app ended with exit code 137 (SIGKILL): OOMKilled",
                "not-ready [NOT_READY] not ready: containers with unready status: [app]",
                "restarted container app restarted (restart count 1)",
                "ready [READY] ready",
                "oom-killed container app ended with exit code 137 (SIGKILL): OOMKilled",
                "back-off [BACKING_OFF] container app waits until 05:41:57 UTC: CrashLoopBackOff, back-off 10s",
                NOT_READY_APP,
                "restarted [NOT_READY] container app restarted (restart count 2)",
                "ready [READY] ready",
                "oom-killed container app ended with exit code 137 (SIGKILL): OOMKilled",
                "not-ready [NOT_READY] not ready: containers with unready status: [app]")),
        arguments(
            "startup",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container probe-target started",
                "startup-passed startup probe of container probe-target passed",
                "ready [READY] ready")),
        arguments(
            "once",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container app started",
                "ready [READY] ready",
                "terminated container app ended with exit code 0: Completed",
                "succeeded [SUCCEEDED] succeeded",
                "deletion-requested [TERMINATING] deletion requested, grace period 0s",
                "gone [GONE] deleted")),
        arguments(
            "once-fails",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container app started",
                "container-started container side started",
                "terminated container app ended with exit code 9: Error",
                "terminated container side ended with exit code 0: Completed",
                "failed [FAILED] failed")),
        arguments(
            "deadline",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container app started",
                "ready [READY] ready",
                "failed [FAILED] failed: DeadlineExceeded: Pod was active on the node longer than the specified deadline")),
        arguments(
            "disk",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container app started",
                "ready [READY] ready",
                "evicted [FAILED] evicted: Pod ephemeral local storage usage exceeds the total limit of containers 1Mi.")),
        arguments(
            "no-command",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "terminated container app failed to start with exit code 128: StartError: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"/nothing\": stat /nothing: no such file or directory: unknown",
                "back-off [BACKING_OFF] container app waits: RunContainerError",
                "restarted container app restarted (restart count 1)",
                "terminated container app failed to start with exit code 128: StartError: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"/nothing\": stat /nothing: no such file or directory: unknown",
                "back-off container app waits until 05:41:56 UTC: CrashLoopBackOff, back-off 10s",
                "restarted container app restarted (restart count 2)",
                "terminated container app failed to start with exit code 128: StartError: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"/nothing\": stat /nothing: no such file or directory: unknown",
                "back-off container app waits: RunContainerError")),
        arguments(
            "no-image",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "back-off [BACKING_OFF] container app waits: ErrImagePull: rpc error: code = Unknown desc = failed to pull and unpack image \"registry.invalid/nothing:1\": failed to resolve reference \"registry.invalid/nothing:1\": failed to do request: Head \"https://registry.invalid/v2/nothing/manifests/1\": dial tcp: lookup registry.invalid on 10.255.255.53:53: read udp 10.200.0.2:44697->10.255.255.53:53: i/o timeout",
                "back-off container app waits: ImagePullBackOff: Back-off pulling image \"registry.invalid/nothing:1\"",
                "back-off container app waits: ErrImagePull: rpc error: code = Unknown desc = failed to pull and unpack image \"registry.invalid/nothing:1\": failed to resolve reference \"registry.invalid/nothing:1\": failed to do request: Head \"https://registry.invalid/v2/nothing/manifests/1\": dial tcp: lookup registry.invalid on 10.255.255.53:53: read udp 10.200.0.2:42722->10.255.255.53:53: i/o timeout")),
        arguments(
            "no-env",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "back-off [BACKING_OFF] container app waits: CreateContainerConfigError: configmap \"missing\" not found")),
        arguments(
            "pre-stop",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container app started",
                "ready [READY] ready",
                "deletion-requested [TERMINATING] deletion requested, grace period 4s",
                "terminated container app ended with exit code 137 (SIGKILL): Error",
                NOT_READY_APP,
                "gone [GONE] deleted")),
        arguments(
            "post-start",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "restarted [NOT_READY] container app restarted (restart count 1)",
                "terminated container app ended with exit code 137 (SIGKILL): Error",
                "back-off [BACKING_OFF] container app waits until 05:42:00 UTC: CrashLoopBackOff, back-off 10s",
                "restarted [NOT_READY] container app restarted (restart count 2)",
                "terminated container app ended with exit code 137 (SIGKILL): Error",
                "back-off [BACKING_OFF] container app waits: PostStartHookError",
                "back-off container app waits until 05:42:28 UTC: CrashLoopBackOff, back-off 20s",
                "deletion-requested [TERMINATING] deletion requested, grace period 2s")),
        arguments(
            "liveness-http",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container probe-target started",
                "startup-passed startup probe of container probe-target passed",
                "ready [READY] ready",
                "terminated container probe-target ended with exit code 143 (SIGTERM): Error: liveness failed from 8.0s; 6 probes ok, 3 failed; startup ok; 1 probe ok, 0 failed; SIGTERM after 10.1s",
                "restarted [NOT_READY] container probe-target restarted (restart count 1)",
                "not-ready not ready: containers with unready status: [probe-target]",
                "startup-passed startup probe of container probe-target passed",
                "ready [READY] ready",
                "terminated container probe-target ended with exit code 143 (SIGTERM): Error: liveness failed from 8.0s; 7 probes ok, 3 failed; startup ok; 1 probe ok, 0 failed; SIGTERM after 10.3s",
                "restarted [NOT_READY] container probe-target restarted (restart count 2)",
                "not-ready not ready: containers with unready status: [probe-target]")),
        arguments("unschedulable", List.of("created [PENDING] created")),
        arguments(
            "never-ready",
            List.of(
                "created [PENDING] created",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container app started",
                "container-started container side started")),
        arguments(
            "web",
            List.of(
                "created [PENDING] created by ReplicaSet web-7988998b76",
                "scheduled [CREATING] scheduled to node node1",
                "container-started [NOT_READY] container web started",
                "ready [READY] ready",
                "deletion-requested [TERMINATING] deletion requested, grace period 3s",
                "terminated container web ended with exit code 2: Error",
                "not-ready not ready: containers with unready status: [web]",
                "gone [GONE] deleted")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void derivesTheMomentsOfARecordedPod(String name, List<String> moments) {
    assertThat(
            pods(name).stream()
                .flatMap(change -> PodMoments.between(change.before(), change.after()).stream())
                .map(moment -> Recorded.lines(List.of(moment)).get(0)))
        .containsExactlyElementsOf(moments);
  }

  /** The recordings of a pod from its creation on. */
  static Stream<String> lives() {
    return Stream.of(
        "init",
        "init-fails",
        "crash",
        "oom",
        "startup",
        "once",
        "once-fails",
        "deadline",
        "disk",
        "no-command",
        "no-image",
        "no-env",
        "pre-stop",
        "post-start",
        "liveness-http",
        "readiness",
        "never-ready",
        "unschedulable",
        "static",
        "web");
  }

  @ParameterizedTest
  @MethodSource("lives")
  void endsInTheStateOfThePod(String name) {
    Optional<PodState> state = Optional.empty();
    for (Change<Pod> change : pods(name)) {
      for (Observed moment : PodMoments.between(change.before(), change.after())) {
        Optional<PodState> known = state;
        assertThat(moment.state().filter(known.stream().toList()::contains)).isEmpty();
        state = moment.state().or(() -> known);
      }
      assertThat(state)
          .isEqualTo(change.after().map(PodMoments::state).or(() -> Optional.of(PodState.GONE)));
      if (change.after().isEmpty()) {
        state = Optional.empty();
      }
    }
  }

  /** At every point of its life: the moments that a board rebuilds if it starts then. */
  @ParameterizedTest
  @MethodSource("lives")
  void rebuildsAPodInOrderOfTimeEndingInItsState(String name) {
    for (Change<Pod> change : pods(name)) {
      if (change.after().isEmpty()) {
        continue;
      }
      Pod pod = change.after().get();
      List<Observed> moments = PodMoments.rebuilt(pod);
      assertThat(moments).allMatch(Observed::approximate);
      assertThat(moments)
          .extracting(moment -> moment.apiTime().orElseThrow())
          .isSortedAccordingTo(Comparator.naturalOrder());
      assertThat(moments.get(0).kind()).isEqualTo(Kind.CREATED);
      assertThat(moments.stream().flatMap(moment -> moment.state().stream()).reduce((a, b) -> b))
          .contains(PodMoments.state(pod));
    }
  }

  @Test
  void derivesTwoChangesFromOneUpdate() {
    List<Pod> crash = pods("crash").stream().map(change -> change.after().orElseThrow()).toList();

    // From "creating" to the wait after the second crash; the first crash has been overwritten.
    assertThat(
            Recorded.lines(
                PodMoments.between(Optional.of(crash.get(2)), Optional.of(crash.get(4)))))
        .containsExactly(
            "restarted [NOT_READY] container app restarted (restart count 1)",
            "ready [READY] ready",
            "terminated container app ended with exit code 3: Error: no configuration",
            "back-off [BACKING_OFF] container app waits until 05:41:57 UTC: CrashLoopBackOff,"
                + " back-off 10s",
            NOT_READY_APP);
  }

  @Test
  void usesTheTimesOfTheApi() {
    List<Observed> moments =
        pods("init").stream()
            .flatMap(change -> PodMoments.between(change.before(), change.after()).stream())
            .toList();

    assertThat(moments)
        .filteredOn(moment -> moment.kind() == Kind.INIT_FINISHED)
        .extracting(moment -> moment.apiTime().orElseThrow())
        .containsExactly(
            Instant.parse("2026-11-27T05:41:46Z"), Instant.parse("2026-11-27T05:41:49Z"));
    assertThat(moments)
        .filteredOn(moment -> moment.kind() == Kind.DELETION_REQUESTED)
        .extracting(moment -> moment.apiTime().orElseThrow())
        .containsExactly(Instant.parse("2026-11-27T05:43:24Z"));
    assertThat(moments).noneMatch(Observed::approximate);
  }

  @Test
  void countsRestartsAndNamesTheContainer() {
    assertThat(
            pods("crash").stream()
                .flatMap(change -> PodMoments.between(change.before(), change.after()).stream())
                .filter(moment -> moment.kind() == Kind.RESTARTED))
        .extracting(Observed::count, moment -> moment.container().orElseThrow())
        .containsExactly(tuple(1, "app"), tuple(2, "app"), tuple(3, "app"));
  }

  /** Cases that v1.20 does not have or that are unsafe to provoke, from the API documentation. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          evicted    | {"phase":"Failed","reason":"Evicted","message":"The node was low on resource: memory. "} | evicted [FAILED] evicted: The node was low on resource: memory.
          preempted  | {"phase":"Failed","reason":"Preempting","message":"Preempted in order to admit critical pod"} | preempted [FAILED] preempted: Preempted in order to admit critical pod
          failed     | {"phase":"Failed"} | failed [FAILED] failed
          succeeded  | {"phase":"Succeeded"} | succeeded [SUCCEEDED] succeeded
          node lost  | {"phase":"Unknown","reason":"NodeLost","message":"Node node1 which was running pod web is unresponsive"} | phase-changed [UNKNOWN] phase Unknown: NodeLost: Node node1 which was running pod web is unresponsive
          back again | {"phase":"Pending"} | phase-changed [CREATING] phase Pending
          """)
  void reportsThePhase(String what, String status, String moment) {
    Pod running = pod("{\"phase\":\"Running\"}");

    assertThat(Recorded.lines(PodMoments.between(Optional.of(running), Optional.of(pod(status)))))
        .containsExactly(moment);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   |           | 0: Completed
          137 | OOMKilled | 137 (SIGKILL): OOMKilled
          139 | Error     | 139 (SIGSEGV): Error
          143 | Error     | 143 (SIGTERM): Error
          255 | Error     | 255: Error
          3   | Error     | 3: Error
          """)
  void namesTheSignalOfAnExitCode(int code, String reason, String text) {
    Pod ended =
        pod(
            """
            {"phase":"Running","containerStatuses":[{"name":"app","restartCount":0,"state":{"terminated":{
            "exitCode":%d,"reason":"%s","startedAt":"2026-11-27T05:41:44Z","finishedAt":"2026-11-27T05:41:45Z",
            "containerID":"containerd://1"}}}]}"""
                .formatted(code, reason == null ? "Completed" : reason));

    assertThat(PodMoments.between(Optional.of(running()), Optional.of(ended)))
        .extracting(Observed::text)
        .contains("container app ended with exit code " + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          back-off 2m40s restarting failed container=app pod=x | 1 | 160
          back-off soon restarting failed container=app pod=x  | 2 | 20
                                                               | 0 | 10
                                                               | 1 | 10
                                                               | 3 | 40
                                                               | 5 | 160
                                                               | 6 | 300
                                                               | 999 | 300
          """)
  void takesTheBackOffFromTheKubeletOrComputesIt(String message, int restarts, long seconds) {
    assertThat(ContainerMoments.backOff(message, restarts)).hasSeconds(seconds);
  }

  @Test
  void reportsAShortLossOfReadiness() {
    String ready =
        "{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\","
            + "\"lastTransitionTime\":\"2026-11-27T05:41:%s\"}]}";

    assertThat(
            Recorded.lines(
                PodMoments.between(
                    Optional.of(pod(ready.formatted("40Z"))),
                    Optional.of(pod(ready.formatted("50Z"))))))
        .containsExactly("not-ready [NOT_READY] not ready for a short time", "ready [READY] ready");
  }

  @Test
  void reportsADeletionWithAShorterGracePeriod() {
    Pod first = deleted(30);

    assertThat(Recorded.lines(PodMoments.between(Optional.of(first), Optional.of(deleted(5)))))
        .containsExactly("deletion-requested deletion requested again, grace period 5s");
    assertThat(PodMoments.between(Optional.of(first), Optional.of(deleted(0)))).isEmpty();
  }

  @Test
  void treatsASidecarAsAContainer() {
    Pod created = sidecar("{\"phase\":\"Pending\"}");
    Pod runs =
        sidecar(
            """
            {"phase":"Pending","initContainerStatuses":[{"name":"proxy","restartCount":0,"started":true,
            "containerID":"containerd://1","state":{"running":{"startedAt":"2026-11-27T05:41:44Z"}}}]}""");

    assertThat(Recorded.lines(PodMoments.between(Optional.of(created), Optional.of(runs))))
        .containsExactly("container-started container proxy started");
  }

  /** Since v1.20, for a container that no longer exists when the kubelet checks it. */
  @Test
  void reportsAnEndThatTheKubeletDidNotSee() {
    Pod gone =
        pod(
            """
            {"phase":"Running","containerStatuses":[{"name":"app","restartCount":0,
            "state":{"terminated":{"exitCode":137,"reason":"ContainerStatusUnknown"}}}]}""");

    assertThat(Recorded.lines(PodMoments.between(Optional.of(running()), Optional.of(gone))))
        .contains(
            "terminated container app ended, but the kubelet did not see it and reports exit code 137"
                + " (SIGKILL): ContainerStatusUnknown");
  }

  @Test
  void hasNoMomentsWithoutAChange() {
    Pod pod = pods("crash").get(4).after().orElseThrow();

    assertThat(PodMoments.between(Optional.of(pod), Optional.of(pod))).isEmpty();
  }

  @Test
  void limitsTextToOneShortPrintableLine() {
    Pod evil =
        pod(
            "{\"phase\":\"Failed\",\"reason\":\"<b>x\\u001b[2J\\u202e\",\"message\":\""
                + "a\\n".repeat(5000)
                + "\"}");

    assertThat(PodMoments.between(Optional.of(running()), Optional.of(evil)))
        .singleElement()
        .extracting(Observed::text)
        .satisfies(
            text ->
                assertThat(text)
                    .startsWith("failed: <b>x\uFFFD[2J\uFFFD: a a a")
                    .hasSizeLessThanOrEqualTo(401)
                    .doesNotContainPattern("\\p{Cntrl}"));
  }

  @Test
  void knowsTheUidInEventsOfAMirrorPod() {
    assertThat(PodMoments.eventUid(pods("static").get(0).after().orElseThrow()))
        .isEqualTo("b0fa65644cc36a31f4e8f18e991e1af2");
    assertThat(PodMoments.eventUid(running())).isEqualTo("1");
  }

  private static List<Change<Pod>> pods(String name) {
    return Recorded.changes("pod-" + name, Pod.class);
  }

  private static Pod running() {
    return pod("{\"phase\":\"Running\"}");
  }

  private static Pod pod(String status) {
    return Recorded.object(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"demo","uid":"1"},
        "spec":{"nodeName":"node1","containers":[{"name":"app"}]},"status":%s}"""
            .formatted(status),
        Pod.class);
  }

  private static Pod sidecar(String status) {
    return new PodBuilder(pod(status))
        .editSpec()
        .addNewInitContainer()
        .withName("proxy")
        .withRestartPolicy("Always")
        .endInitContainer()
        .endSpec()
        .build();
  }

  private static Pod deleted(long grace) {
    return new PodBuilder(running())
        .editMetadata()
        .withDeletionTimestamp("2026-11-27T05:42:00Z")
        .withDeletionGracePeriodSeconds(grace)
        .endMetadata()
        .build();
  }
}
