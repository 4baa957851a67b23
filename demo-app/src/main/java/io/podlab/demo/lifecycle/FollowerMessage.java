package io.podlab.demo.lifecycle;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** A message to a client that follows the timeline. */
sealed interface FollowerMessage permits Occurrence, TrafficCount {
  /** Name of the server-sent event. */
  @JsonIgnore
  String name();
}
