package io.podlab.probe.answer;

import io.podlab.probe.schedule.State;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One probe that came. Times are nanoseconds of the {@link Uptime}.
 *
 * @param number from 1, of all probes of its type since the start
 * @param at when it came
 * @param headers all of the request's, as they came; none over tcp
 * @param elapsed since the schedule that answered it began
 * @param interval since the one before by the same mechanism; empty for the first
 * @param leftAt when the prober left without an answer; {@link #NOT_LEFT} if it has not
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

  /** How long the prober waited for an answer before it left; empty if it has not left. */
  public OptionalLong patience() {
    long left = leftAt.get();
    return left == NOT_LEFT ? OptionalLong.empty() : OptionalLong.of(left - at);
  }
}
