package io.podlab.probe.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a probe is answered. */
public enum State {
  /** 200, SERVING, a connection accepted, a file that is there. */
  OK,
  /** 500, NOT_SERVING, a connection refused, a file that is not there. */
  FAIL,
  /** Accepted, and not answered before the prober has given up. */
  HANG,
  /** The connection closed, or the stream aborted, without an answer. */
  DROP;

  /** As in a schedule: {@code ok}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<State> of(String word) {
    return Arrays.stream(values()).filter(state -> state.label().equals(word)).findFirst();
  }

  /** {@code ok, fail, hang or drop}. */
  static String labels() {
    String all = Arrays.stream(values()).map(State::label).collect(Collectors.joining(", "));
    return all.replaceFirst(", (\\w+)$", " or $1");
  }

  @Override
  public String toString() {
    return label();
  }
}
