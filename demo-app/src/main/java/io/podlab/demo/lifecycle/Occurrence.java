package io.podlab.demo.lifecycle;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An event of the timeline.
 *
 * @param at time in UTC, with milliseconds
 * @param after time since the process start
 * @param detail readable text, such as the reason for not being ready
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
