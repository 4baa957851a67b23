package io.podlab.board.moment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kind of a moment; also the label {@code kind} of {@code lab_board_moments_total}. */
public enum Kind {
  // Pods.
  CREATED,
  /** The pod has a node. */
  SCHEDULED,
  /** The phase or state changed, and no other moment reports it. */
  PHASE_CHANGED,
  INIT_STARTED,
  /** An init container ended with exit code 0. */
  INIT_FINISHED,
  /** The kubelet pulled an image, or the node already had it. */
  IMAGE_PULLED,
  CONTAINER_CREATED,
  CONTAINER_STARTED,
  /** The startup probe succeeded: {@code started} in the container status. */
  STARTUP_PASSED,
  READY,
  NOT_READY,
  /** From an Event: which probe failed, why, and how many times so far. */
  PROBE_FAILED,
  /** The kubelet kills a container: its liveness or startup probe reached failureThreshold. */
  KILLED_BY_LIVENESS,
  /** A container ended: exit code, signal, reason, message. */
  TERMINATED,
  /** The kernel killed a container that used too much memory. */
  OOM_KILLED,
  /** A container waits: CrashLoopBackOff, ImagePullBackOff and other reasons. */
  BACK_OFF,
  /** The restart count increased. */
  RESTARTED,
  /** The pod has a deletion timestamp. */
  DELETION_REQUESTED,
  /** A postStart or preStop hook failed. */
  HOOK_FAILED,
  EVICTED,
  PREEMPTED,
  SUCCEEDED,
  FAILED,
  /** The API server removed the object. */
  GONE,
  /** Any other Event of type Warning: FailedScheduling, FailedMount and so on. */
  WARNING,

  // Services.
  /** An endpoint starts to get traffic. */
  ENDPOINT_IN,
  /** An endpoint stops getting traffic. */
  ENDPOINT_OUT,
  /** A terminating endpoint still serves; it gets traffic only if no endpoint is ready. */
  SERVING_WHILE_TERMINATING,
  /** The Service has no selector: Kubernetes does not create its endpoints. */
  NO_SELECTOR,
  /** No endpoint is left: connections fail. */
  NO_ENDPOINTS,

  // Workloads.
  ROLLOUT_STARTED,
  SCALED,
  ROLLOUT_FINISHED,

  // Programs.
  PROGRAM_STARTED,
  /** The program accepts connections. */
  PROGRAM_LISTENING,
  /** A postStart or preStop hook called the program. */
  HOOK_CALLED,
  /** The program received SIGTERM or SIGINT. */
  SIGNAL_ARRIVED,
  FIRST_REQUEST,
  /** The last request before the shutdown. */
  LAST_REQUEST,
  /** The program answered a probe with success. */
  PROBE_PASSED,
  /** The program answered a probe with failure, or not at all. */
  PROBE_REFUSED,
  /** Any other report of the program. */
  PROGRAM_REPORT,

  // The board.
  /** The board cannot watch the namespace: its state is unknown until {@link #SIGHTED}. */
  BLIND,
  /** All watches work again. */
  SIGHTED;

  /** The name in JSON, tables and metrics, for example {@code probe-failed}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @JsonCreator
  static Kind labeled(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
