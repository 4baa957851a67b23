package io.podlab.board.moment;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where the board learned of a moment. Within one source of a namespace, arrival gives the order.
 */
public enum Source {
  @JsonProperty("pods")
  PODS,
  @JsonProperty("events")
  EVENTS,
  @JsonProperty("endpoints")
  ENDPOINTS,
  @JsonProperty("services")
  SERVICES,
  @JsonProperty("workloads")
  WORKLOADS,
  /** The program in the container, which reports about itself. */
  @JsonProperty("program")
  PROGRAM,
  /** The board itself: what it could not see. */
  @JsonProperty("board")
  BOARD
}
