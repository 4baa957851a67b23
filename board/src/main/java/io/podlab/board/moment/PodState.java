package io.podlab.board.moment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a pod is at a time: one color and one letter in the drawing. */
public enum PodState {
  /** Not scheduled yet. */
  @JsonProperty("pending")
  PENDING,
  /** An init container runs or is waited for. */
  @JsonProperty("initializing")
  INITIALIZING,
  /** Images are pulled, volumes mounted, containers created. */
  @JsonProperty("creating")
  CREATING,
  /** Runs, and is not ready. */
  @JsonProperty("not-ready")
  NOT_READY,
  @JsonProperty("ready")
  READY,
  /** Waits after a crash: CrashLoopBackOff, ImagePullBackOff and their relatives. */
  @JsonProperty("backing-off")
  BACKING_OFF,
  /** Its deletion was requested. */
  @JsonProperty("terminating")
  TERMINATING,
  @JsonProperty("succeeded")
  SUCCEEDED,
  @JsonProperty("failed")
  FAILED,
  /** The node does not tell (phase Unknown). */
  @JsonProperty("unknown")
  UNKNOWN,
  /** The API server has removed it; its lane ends here. */
  @JsonProperty("gone")
  GONE
}
