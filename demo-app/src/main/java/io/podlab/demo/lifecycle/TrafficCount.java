package io.podlab.demo.lifecycle;

import java.time.Instant;

/**
 * The traffic counts that a follower of the timeline gets every second.
 *
 * @param requests number of requests answered since the start
 * @param inFlight number of requests that wait for their answer
 */
public record TrafficCount(Instant at, long requests, long inFlight) implements FollowerMessage {
  @Override
  public String name() {
    return "traffic";
  }
}
