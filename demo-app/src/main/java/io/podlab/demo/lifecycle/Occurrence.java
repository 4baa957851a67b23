package io.podlab.demo.lifecycle;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A line of the timeline.
 *
 * @param at UTC, to the millisecond
 * @param after the process start
 * @param detail for a person, such as the reason for not being ready
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Occurrence(
    Milestone event, Instant at, @JsonIgnore Duration after, Optional<String> detail)
    implements FollowerMessage {
  @JsonGetter
  public double afterSeconds() {
    return after.toMillis() / 1e3;
  }

  @Override
  public String name() {
    return "event";
  }
}
