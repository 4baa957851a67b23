package io.podlab.probe.probe;

import io.podlab.probe.schedule.State;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import java.util.OptionalLong;

/** One probe that came. Times are nanoseconds of the {@link Uptime}. */
public final class Visit {
  private static final long UNKNOWN = -1;

  private final long number;
  private final long at;
  private final Mechanism mechanism;
  private final SocketAddress from;
  private final Iterable<Map.Entry<String, String>> headers;
  private final State answer;
  private final long elapsed;
  private final long interval;
  private volatile long patience = UNKNOWN;

  Visit(
      long number,
      long at,
      Mechanism mechanism,
      SocketAddress from,
      Iterable<Map.Entry<String, String>> headers,
      Timeline.Answer answer,
      long before) {
    this.number = number;
    this.at = at;
    this.mechanism = mechanism;
    this.from = from;
    this.headers = headers;
    this.answer = answer.state();
    this.elapsed = answer.elapsed();
    this.interval = before == UNKNOWN ? UNKNOWN : Math.max(0, at - before);
  }

  /** From 1, of all probes of its kind since the start. */
  public long number() {
    return number;
  }

  public long at() {
    return at;
  }

  public Mechanism mechanism() {
    return mechanism;
  }

  public SocketAddress from() {
    return from;
  }

  /** All of the request's, as they came; none over tcp. */
  public Iterable<Map.Entry<String, String>> headers() {
    return headers;
  }

  public State answer() {
    return answer;
  }

  /** Since the schedule that answered it began. */
  public long elapsed() {
    return elapsed;
  }

  /** Since the one before by the same mechanism; empty for the first. */
  public OptionalLong interval() {
    return interval == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(interval);
  }

  /** How long the prober waited for an answer before it left; empty if it has not. */
  public OptionalLong patience() {
    long known = patience;
    return known == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(known);
  }

  void left(long now) {
    patience = now - at;
  }
}
