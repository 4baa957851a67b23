package io.podlab.board.moment;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A moment as it is derived, before the timeline gives it a number.
 *
 * @param lane the UID of the object that it belongs to: a pod, a Service or a workload; for the
 *     board's own moments {@code board/NAMESPACE}
 * @param kind what happened
 * @param source what told of it
 * @param apiTime when it happened by the API (whole seconds) or by the program (milliseconds,
 *     corrected to the API server's clock), if that is told
 * @param approximate whether the time is not exact: rebuilt from what was there when the board
 *     started or came back, or of a program whose clock could not be corrected
 * @param state what the pod is from then on, if that changed
 * @param container the container that it is about
 * @param endpoint for endpoints of a Service: the pod's name, or the address where there is no pod
 * @param count how often so far, for what is counted; 0 if it is not
 * @param text the moment in words: one line of printable characters
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

  /** With nothing but what every moment has. */
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

  /** The same, in another lane: some Events carry a UID that is not their object's. */
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

  /** The same, of which only about when it happened is known. */
  public Observed roughly() {
    return new Observed(lane, kind, source, apiTime, true, state, container, endpoint, count, text);
  }
}
