package io.podlab.board.picture;

import io.podlab.board.moment.PodState;
import io.podlab.board.timeline.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A value from one moment to the next.
 *
 * @param from {@link Instant#MIN} if the value is older than the first moment
 * @param to {@link Instant#MAX} if the value is current
 * @param approximate whether the start is not exact
 */
record Span<T>(T value, Instant from, Instant to, boolean approximate) {
  boolean touches(Instant begin, Instant end) {
    return from.compareTo(end) <= 0 && to.compareTo(begin) >= 0;
  }

  /**
   * The states of a pod, including {@code GONE}.
   *
   * @param first the state before the first moment, or null
   */
  static List<Span<PodState>> states(PodState first, List<Moment> moments) {
    return fold(first, moments, (state, moment) -> Optional.ofNullable(moment.state()));
  }

  /** The endpoints of a Service. */
  static List<Span<Set<String>>> endpoints(List<String> first, List<Moment> moments) {
    return fold(
        first == null ? null : new LinkedHashSet<>(first),
        moments,
        (endpoints, moment) -> moment.endpointsAfter(endpoints == null ? Set.of() : endpoints));
  }

  /** The times when the board could not watch a namespace. */
  static List<Span<Boolean>> outages(List<Moment> moments) {
    return fold(
            false,
            moments,
            (outage, moment) ->
                switch (moment.kind()) {
                  case BLIND -> Optional.of(true);
                  case SIGHTED -> Optional.of(false);
                  default -> Optional.<Boolean>empty();
                })
        .stream()
        .filter(Span::value)
        .toList();
  }

  private static <T> List<Span<T>> fold(
      T first, List<Moment> moments, BiFunction<T, Moment, Optional<T>> next) {
    List<Span<T>> spans = new ArrayList<>();
    T value = first;
    Instant since = Instant.MIN;
    boolean approximate = false;
    for (Moment moment : moments) {
      Optional<T> entered = next.apply(value, moment);
      if (entered.isEmpty() || entered.get().equals(value)) {
        continue;
      }
      Instant time = moment.time().isAfter(since) ? moment.time() : since;
      if (value != null) {
        spans.add(new Span<>(value, since, time, approximate));
      }
      value = entered.get();
      since = time;
      approximate = moment.approximate();
    }
    if (value != null) {
      spans.add(new Span<>(value, since, Instant.MAX, approximate));
    }
    return spans;
  }
}
