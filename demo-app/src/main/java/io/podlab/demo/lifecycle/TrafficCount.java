package io.podlab.demo.lifecycle;

import java.time.Instant;

/**
 * What a follower of the timeline hears every second.
 *
 * @param requests that were answered since the start
 * @param inFlight requests that wait for their answer
 */
public record TrafficCount(Instant at, long requests, long inFlight) implements FollowerMessage {
  @Override
  public String name() {
    return "traffic";
  }
}
