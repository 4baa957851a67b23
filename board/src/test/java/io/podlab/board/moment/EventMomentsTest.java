package io.podlab.board.moment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventMomentsTest {
  /** Recorded: one Event of each reason, and the same once more. */
  @Test
  void derivesTheMomentsOfRecordedEvents() {
    assertThat(
            Recorded.changes("events", Event.class).stream()
                .filter(change -> !name(change.after().orElseThrow()).startsWith("web-"))
                .flatMap(
                    change -> {
                      Event event = change.after().orElseThrow();
                      return Recorded.lines(EventMoments.between(change.before(), event)).stream()
                          .map(line -> name(event) + " " + line);
                    }))
        .containsExactly(
            "unschedulable warning FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu.",
            "no-volume warning FailedMount: MountVolume.SetUp failed for volume \"v\" : configmap \"missing\" not found",
            "init image-pulled image podlab/demo-app:1.0.0 already present",
            "no-volume warning FailedMount (2 times): MountVolume.SetUp failed for volume \"v\" : configmap \"missing\" not found",
            "init container-created init container first created",
            "post-start hook-failed postStart hook of container app failed: command 'sh -c echo no; exit 5' exited with 5: , message: \"no\\n\"",
            "startup probe-failed startup probe of container probe-target failed: Get \"http://10.244.0.174:8080/startupz\": dial tcp 10.244.0.174:8080: connect: connection refused",
            "post-start hook-failed postStart hook of container app failed (2 times): command 'sh -c echo no; exit 5' exited with 5: , message: \"no\\n\"",
            "liveness-http probe-failed liveness probe of container probe-target failed: HTTP probe failed with statuscode: 500",
            "liveness-http probe-failed liveness probe of container probe-target failed (2 times): HTTP probe failed with statuscode: 500",
            "liveness-http killed-by-liveness the kubelet kills container probe-target: its liveness probe reached failureThreshold",
            "liveness-http killed-by-liveness the kubelet kills container probe-target (2 times): its liveness probe reached failureThreshold",
            "pre-stop hook-failed preStop hook of container app failed: command 'sh -c echo no; exit 6' exited with 6: , message: \"no\\n\"",
            "web warning FailedToUpdateEndpoint: Failed to update endpoint moments-a/web: Operation cannot be fulfilled on endpoints \"web\": the object has been modified; please apply your changes to the latest version and try again",
            "never-ready probe-failed readiness probe of container app failed: not yet",
            "never-ready probe-failed readiness probe of container app failed (2 times): not yet");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          Normal  | Pulled              | Successfully pulled image "web:1" in 1.234567891s                          | image-pulled image web:1 pulled in 1.234s
          Normal  | Pulled              | Successfully pulled image "web:1" in 2m3.5s (2m4s including waiting). Image size: 7 bytes. | image-pulled image web:1 pulled in 2m3.5s
          Normal  | Pulled              | Container image "web:1" already present on machine                         | image-pulled image web:1 already present
          Normal  | Created             | Created container: app                                                     | container-created container app created
          Warning | Unhealthy           | Readiness probe failed: HTTP probe failed with statuscode: 503             | probe-failed readiness probe of container app failed: HTTP probe failed with statuscode: 503
          Warning | Unhealthy           | (combined from similar events): Liveness probe failed: x                   | probe-failed liveness probe of container app failed: x
          Warning | Unhealthy           | Readiness probe errored: rpc error: code = Unknown                         | probe-failed readiness probe of container app errored: rpc error: code = Unknown
          Normal  | Killing             | Container app failed startup probe, will be restarted                      | killed-by-liveness the kubelet kills container app: its startup probe reached failureThreshold
          Normal  | Preempted           | Preempted by demo/important on node node1                                  | preempted preempted: by demo/important on node node1
          Normal  | TaintManagerEviction | Marking for deletion Pod demo/web                                          | evicted evicted: its node has a taint
          Warning | FailedMount         | MountVolume.SetUp failed for volume "v"                                    | warning FailedMount: MountVolume.SetUp failed for volume "v"
          Warning | Unheard             | <b>&\u001b[2J                                                                    | warning Unheard: <b>&\uFFFD[2J
          """)
  void derivesTheMomentOfAPodEvent(String type, String reason, String message, String moment) {
    assertThat(
            Recorded.lines(EventMoments.between(Optional.empty(), event(type, reason, message, 1))))
        .containsExactly(moment);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          Scheduled            | Successfully assigned demo/web to node1
          Pulling              | Pulling image "web:1"
          Started              | Started container app
          Killing              | Stopping container app
          Killing              | FailedPostStartHook
          BackOff              | Back-off restarting failed container
          Failed               | Error: ImagePullBackOff
          Evicted              | The node was low on resource: memory
          Preempting           | Preempted in order to admit critical pod
          TaintManagerEviction | Cancelling deletion of Pod demo/web
          """)
  void ignoresEventsThatRepeatTheStatus(String reason, String message) {
    String type = reason.equals("Failed") || reason.equals("BackOff") ? "Warning" : "Normal";

    assertThat(EventMoments.between(Optional.empty(), event(type, reason, message, 1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, ''",
    "2, ' (2 times)'",
    "9, ' (9 times)'",
    "19, ' (at least 19 times)'",
    "25, ' (at least 25 times)'",
    "300, ' (at least 300 times)'"
  })
  void saysAtLeastForCountsThatMayBeIncomplete(int count, String times) {
    assertThat(
            EventMoments.between(
                Optional.empty(), event("Warning", "Unhealthy", "Liveness probe failed: x", count)))
        .extracting(Observed::text, Observed::count)
        .containsExactly(tuple("liveness probe of container app failed" + times + ": x", count));
  }

  /** A pod of two containers with a probe that failed every second: 19 Events, then none. */
  @Test
  void reportsEachFailureOfAProbe() {
    List<Observed> moments =
        Recorded.changes("event-unhealthy", Event.class).stream()
            .flatMap(
                change ->
                    EventMoments.between(change.before(), change.after().orElseThrow()).stream())
            .toList();

    assertThat(moments).hasSize(19).allMatch(moment -> moment.kind() == Kind.PROBE_FAILED);
    assertThat(moments.get(18).text())
        .isEqualTo("readiness probe of container app failed (at least 19 times): not yet");
    assertThat(moments.get(18).container()).contains("app");
    assertThat(moments.get(18).apiTime()).contains(Instant.parse("2026-11-27T06:02:24Z"));
  }

  @Test
  void hasNoMomentForAnUnchangedEvent() {
    Event event = event("Warning", "Unhealthy", "Liveness probe failed: x", 3);

    assertThat(EventMoments.between(Optional.of(event), event)).isEmpty();
  }

  @Test
  void rebuildsTheFirstAndTheLastTime() {
    Event event = event("Warning", "Unhealthy", "Liveness probe failed: x", 3);

    assertThat(EventMoments.rebuilt(event))
        .extracting(
            Observed::approximate, Observed::count, moment -> moment.apiTime().orElseThrow())
        .containsExactly(
            tuple(true, 1, Instant.parse("2026-11-27T05:41:00Z")),
            tuple(true, 3, Instant.parse("2026-11-27T05:42:00Z")));
    assertThat(EventMoments.rebuilt(event("Normal", "Created", "Created container app", 1)))
        .hasSize(1);
  }

  /** The scheduler writes Events of the newer API: a series instead of a count. */
  @Test
  void countsASeries() {
    Event first = series("");
    Event second =
        series(",\"series\":{\"count\":1,\"lastObservedTime\":\"2026-11-27T05:43:00.1Z\"}");

    assertThat(Recorded.lines(EventMoments.between(Optional.empty(), first)))
        .containsExactly("warning FailedScheduling: no node");
    assertThat(EventMoments.between(Optional.of(first), second))
        .extracting(Observed::text, moment -> moment.apiTime().orElseThrow())
        .containsExactly(
            tuple("FailedScheduling (2 times): no node", Instant.parse("2026-11-27T05:43:00.1Z")));
  }

  private static Event series(String series) {
    return Recorded.object(
        """
        {"apiVersion":"v1","kind":"Event","metadata":{"name":"a"},"type":"Warning","reason":"FailedScheduling",
        "message":"no node","involvedObject":{"kind":"Pod","uid":"1"},
        "eventTime":"2026-11-27T05:42:00.5Z"%s}"""
            .formatted(series),
        Event.class);
  }

  private static Event event(String type, String reason, String message, int count) {
    Event event =
        Recorded.object(
            """
            {"apiVersion":"v1","kind":"Event","metadata":{"name":"a"},"type":"%s","reason":"%s","count":%d,
            "firstTimestamp":"2026-11-27T05:41:00Z","lastTimestamp":"2026-11-27T05:42:00Z",
            "involvedObject":{"kind":"Pod","uid":"1","fieldPath":"spec.containers{app}"}}"""
                .formatted(type, reason, count),
            Event.class);
    event.setMessage(message);
    return event;
  }

  private static String name(Event event) {
    return event.getInvolvedObject().getName();
  }
}
