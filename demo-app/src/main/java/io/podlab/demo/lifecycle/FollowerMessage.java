package io.podlab.demo.lifecycle;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** What is sent to a follower of the timeline. */
sealed interface FollowerMessage permits Occurrence, TrafficCount {
  /** Of the server-sent event. */
  @JsonIgnore
  String name();
}
