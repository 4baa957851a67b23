package io.podlab.probe.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The state of a probe, which decides its answer. */
public enum State {
  /** HTTP 200, gRPC SERVING, TCP connection accepted, file exists. */
  OK,
  /** HTTP 500, gRPC NOT_SERVING, TCP connection refused, file is missing. */
  FAIL,
  /** The connection is accepted, but the answer comes only after {@code LAB_PROBE_HANG}. */
  HANG,
  /** The connection is closed, or the stream reset, without an answer. */
  DROP;

  /** Lower case, as in schedules: {@code ok}. */
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
