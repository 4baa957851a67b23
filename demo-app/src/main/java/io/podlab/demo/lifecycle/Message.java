package io.podlab.demo.lifecycle;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** What is sent to a follower of the timeline. */
sealed interface Message permits Occurrence, Beat {
  /** Of the server-sent event. */
  @JsonIgnore
  String name();
}
