package io.podlab.board.moment;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where the board learned of a moment. Moments of one source in a namespace keep their order of
 * arrival.
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
  /** The program in the container. */
  @JsonProperty("program")
  PROGRAM,
  /** The board itself, about interrupted watches. */
  @JsonProperty("board")
  BOARD
}
