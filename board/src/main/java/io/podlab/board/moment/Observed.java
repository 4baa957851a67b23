package io.podlab.board.moment;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A moment before the timeline gives it a number.
 *
 * @param lane the UID of its pod, Service or workload; {@code board/NAMESPACE} for the board's own
 *     moments
 * @param apiTime the time of the API (whole seconds) or of the program (milliseconds, corrected to
 *     the API server's clock); empty if there is none
 * @param approximate whether the time is not exact: the board rebuilt it after a start or an
 *     outage, or cannot correct the clock of the program
 * @param state the new state of the pod, if it changed
 * @param endpoint the endpoint of a Service: a pod name, or an address if there is no pod
 * @param count the number of occurrences so far; 0 if the kind is not counted
 * @param text one line of printable characters
 */
public record Observed(
    String lane,
    Kind kind,
    Source source,
    Optional<Instant> apiTime,
    boolean approximate,
    Optional<PodState> state,
    Optional<String> container,
    Optional<String> endpoint,
    int count,
    String text) {
  public Observed {
    Objects.requireNonNull(lane);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(source);
    Objects.requireNonNull(apiTime);
    Objects.requireNonNull(state);
    Objects.requireNonNull(container);
    Objects.requireNonNull(endpoint);
    Objects.requireNonNull(text);
  }

  public static Observed of(
      String lane, Kind kind, Source source, Optional<Instant> apiTime, String text) {
    return new Observed(
        lane,
        kind,
        source,
        apiTime,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        text);
  }

  public Observed entering(PodState entered) {
    return new Observed(
        lane,
        kind,
        source,
        apiTime,
        approximate,
        Optional.of(entered),
        container,
        endpoint,
        count,
        text);
  }

  /** A copy in another lane: some Events carry a UID other than that of their object. */
  public Observed in(String otherLane) {
    return new Observed(
        otherLane, kind, source, apiTime, approximate, state, container, endpoint, count, text);
  }

  public Observed ofContainer(String name) {
    return new Observed(
        lane, kind, source, apiTime, approximate, state, Optional.of(name), endpoint, count, text);
  }

  public Observed ofEndpoint(String name) {
    return new Observed(
        lane, kind, source, apiTime, approximate, state, container, Optional.of(name), count, text);
  }

  public Observed counted(int times) {
    return new Observed(
        lane, kind, source, apiTime, approximate, state, container, endpoint, times, text);
  }

  Observed at(Optional<Instant> time) {
    return new Observed(
        lane, kind, source, time, approximate, state, container, endpoint, count, text);
  }

  /** A copy with an approximate time. */
  public Observed asApproximate() {
    return new Observed(lane, kind, source, apiTime, true, state, container, endpoint, count, text);
  }
}
