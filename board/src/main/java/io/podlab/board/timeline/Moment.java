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
 * Something that happened to an object. JSON omits fields without a value.
 *
 * @param id a number in order of arrival, from 1 and with gaps
 * @param order epoch seconds, to sort moments of different sources: the API's time, or the time
 *     when the board saw it. It is not less than that of an earlier moment of the same source and
 *     lane, or, unless it is approximate, of the same source and namespace. For a program, it is
 *     the program's time. Lists are sorted by order, then id.
 * @param time the position in the drawing, with milliseconds: when the board saw it; the program's
 *     time; or the API's time if the board learned of it late
 * @param seen when the board learned of it, by the API server's clock
 * @param apiTime the time of the API (whole seconds) or of the program, if it gives a valid one
 * @param approximate whether the time is not exact
 * @param lane the UID of its lane
 * @param object for example {@code Pod/web-1}
 * @param state the new state of the pod, if it changed
 * @param count the number of occurrences so far, for kinds that are counted
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
   * The endpoints of a Service after this moment; empty if it does not change them. An endpoint
   * that serves while terminating still counts.
   *
   * @param before the endpoints before this moment
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
