package io.podlab.probe.answer;

import io.podlab.probe.schedule.State;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request to a probe. Times are nanoseconds of the {@link Uptime}.
 *
 * @param number counts the requests to this probe, from 1
 * @param at the time of arrival
 * @param headers as the client sent them; none for TCP
 * @param elapsed the time since the schedule started
 * @param interval the time since the previous request by the same mechanism; empty for the first
 * @param leftAt the time when the client disconnected without an answer, or {@link #NOT_LEFT}
 */
public record ProbeRequest(
    long number,
    long at,
    Mechanism mechanism,
    SocketAddress from,
    Iterable<Map.Entry<String, String>> headers,
    State answer,
    long elapsed,
    OptionalLong interval,
    AtomicLong leftAt) {
  static final long NOT_LEFT = -1;

  /** The time that the client waited before it disconnected; empty if it did not. */
  public OptionalLong patience() {
    long left = leftAt.get();
    return left == NOT_LEFT ? OptionalLong.empty() : OptionalLong.of(left - at);
  }
}
