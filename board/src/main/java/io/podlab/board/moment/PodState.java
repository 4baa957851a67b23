package io.podlab.board.moment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The state of a pod; the drawing has a color and a letter for each. */
public enum PodState {
  /** Not scheduled yet. */
  @JsonProperty("pending")
  PENDING,
  /** The init containers have not finished. */
  @JsonProperty("initializing")
  INITIALIZING,
  /** The kubelet pulls images, mounts volumes and creates containers. */
  @JsonProperty("creating")
  CREATING,
  /** Running, but not ready. */
  @JsonProperty("not-ready")
  NOT_READY,
  @JsonProperty("ready")
  READY,
  /** A container waits after a failure: CrashLoopBackOff, ImagePullBackOff and similar reasons. */
  @JsonProperty("backing-off")
  BACKING_OFF,
  /** The pod has a deletion timestamp. */
  @JsonProperty("terminating")
  TERMINATING,
  @JsonProperty("succeeded")
  SUCCEEDED,
  @JsonProperty("failed")
  FAILED,
  /** The node does not report (phase Unknown). */
  @JsonProperty("unknown")
  UNKNOWN,
  /** The API server removed the pod; its lane ends here. */
  @JsonProperty("gone")
  GONE
}
