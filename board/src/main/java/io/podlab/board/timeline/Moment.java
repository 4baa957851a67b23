package io.podlab.board.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.board.moment.Kind;
import io.podlab.board.moment.PodState;
import io.podlab.board.moment.Source;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that happened, as programs get it. What it does not have is left out of the JSON.
 *
 * @param id its number, by arrival, from 1 and with gaps; the id of its server-sent event
 * @param order the second by which moments of different sources are ordered (epoch seconds): the
 *     API's time or else when it was seen, and never before an earlier moment of the same source
 *     and lane, nor, unless it is approximate, of the same watch, which a source and a namespace
 *     are. Of a program it is the program's time. A list is sorted by order, then id.
 * @param time where the drawing puts it, with milliseconds: when it was seen; the program's time;
 *     or the API's time if the board learned of it late
 * @param seen when the board learned of it, by the API server's clock
 * @param apiTime the time that the API (whole seconds) or the program gives, if any and if it can
 *     be one
 * @param approximate whether the time is not exact
 * @param lane the UID of the lane that it belongs to
 * @param object for example {@code Pod/web-1}
 * @param state what the pod is from then on, if that changed
 * @param count how often so far; left out if it is not counted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Moment(
    long id,
    long order,
    Instant time,
    Instant seen,
    Instant apiTime,
    boolean approximate,
    Source source,
    Kind kind,
    String lane,
    String namespace,
    String object,
    PodState state,
    String container,
    String endpoint,
    Integer count,
    String text)
    implements Change {
  Moment with(String otherText) {
    return new Moment(
        id,
        order,
        time,
        seen,
        apiTime,
        approximate,
        source,
        kind,
        lane,
        namespace,
        object,
        state,
        container,
        endpoint,
        count,
        otherText);
  }

  /**
   * The endpoints of a Service once this has happened; empty if it says nothing of them. One that
   * serves while terminating is in until it is out.
   *
   * @param before the endpoints until then
   */
  public Optional<Set<String>> endpointsAfter(Collection<String> before) {
    if (kind == Kind.NO_ENDPOINTS) {
      return Optional.of(Set.of());
    }
    if (endpoint == null) {
      return Optional.empty();
    }
    Set<String> after = new LinkedHashSet<>(before);
    return switch (kind) {
      case ENDPOINT_IN, SERVING_WHILE_TERMINATING -> {
        after.add(endpoint);
        yield Optional.of(after);
      }
      case ENDPOINT_OUT -> {
        after.remove(endpoint);
        yield Optional.of(after);
      }
      default -> Optional.empty();
    };
  }
}
