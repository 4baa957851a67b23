package io.podlab.board.moment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a moment is about; also the label {@code kind} of {@code lab_board_moments_total}. */
public enum Kind {
  // Of the pods.
  /** The API server has the pod. */
  CREATED,
  /** It has a node. */
  SCHEDULED,
  /** Pending, Running, Succeeded, Failed or Unknown, when no other moment says it. */
  PHASE_CHANGED,
  /** Init container n of m runs. */
  INIT_STARTED,
  /** Init container n of m has ended well. */
  INIT_FINISHED,
  /** An image was pulled, or was there already. */
  IMAGE_PULLED,
  CONTAINER_CREATED,
  CONTAINER_STARTED,
  /** The startup probe has succeeded: {@code started} of the container status. */
  STARTUP_PASSED,
  READY,
  NOT_READY,
  /** An Event says which probe, why, and how often so far. */
  PROBE_FAILED,
  /** The kubelet kills a container whose liveness or startup probe failed too often. */
  KILLED_BY_LIVENESS,
  /** A container has ended: exit code, signal, reason, message. */
  TERMINATED,
  /** The kernel has killed it for its memory. */
  OOM_KILLED,
  /** CrashLoopBackOff or ImagePullBackOff, and until when. */
  BACK_OFF,
  /** The restart count went up. */
  RESTARTED,
  /** With the grace period. */
  DELETION_REQUESTED,
  /** A postStart or preStop hook. */
  HOOK_FAILED,
  EVICTED,
  PREEMPTED,
  SUCCEEDED,
  FAILED,
  /** The API server has removed it. */
  GONE,
  /** Any other Event of type Warning: FailedScheduling, FailedMount and so on. */
  WARNING,

  // Of the services.
  /** An address now gets traffic. */
  ENDPOINT_IN,
  /** An address gets no more traffic. */
  ENDPOINT_OUT,
  /** The pod terminates and still answers; it gets traffic only if no other can. */
  SERVING_WHILE_TERMINATING,
  /** The service has no selector: its endpoints are made by someone else. */
  NO_SELECTOR,
  /** No address is left: connections fail. */
  NO_ENDPOINTS,

  // Of the workloads.
  ROLLOUT_STARTED,
  SCALED,
  ROLLOUT_FINISHED,

  // Of the programs.
  /** The process has started. */
  PROGRAM_STARTED,
  /** It accepts connections. */
  PROGRAM_LISTENING,
  /** A postStart or preStop hook has reached the program. */
  HOOK_CALLED,
  /** SIGTERM, as the program saw it. */
  SIGNAL_ARRIVED,
  FIRST_REQUEST,
  /** The last request before the end. */
  LAST_REQUEST,
  /** A probe was answered with success. */
  PROBE_PASSED,
  /** A probe was answered with failure, or not at all. */
  PROBE_REFUSED,
  /** Anything else that the program reports. */
  PROGRAM_REPORT,

  // Of the board.
  /** The watch is interrupted: from here on the state is unknown. */
  BLIND,
  /** The watch is back. */
  SIGHTED;

  /** Its name in JSON, tables and metrics, for example {@code probe-failed}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @JsonCreator
  static Kind labeled(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
