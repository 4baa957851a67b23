package io.podlab.board.timeline;

import io.podlab.board.moment.Observed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lanes and their moments. */
@Singleton
public class Timeline {
  private static final Duration LATE = Duration.ofSeconds(2);

  private final Clock clock;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private final List<Moment> moments = new ArrayList<>();
  private final Map<String, Long> lastOrder = new LinkedHashMap<>();
  private volatile Duration offset = Duration.ZERO;
  private long lastId;

  Timeline(Clock clock) {
    this.clock = clock;
  }

  /** Now, by the API server's clock. */
  public Instant now() {
    return clock.instant().plus(offset);
  }

  /** How far the API server's clock is ahead of this machine's. */
  public void correctClock(Duration ahead) {
    offset = ahead;
  }

  /** Adds a lane, or replaces what is known of it (its owner, node or labels). */
  public synchronized void lane(Lane lane) {
    lanes.put(lane.uid(), lane);
  }

  /** Adds a moment to its lane, which must be there; one of an unknown lane is ignored. */
  public synchronized void add(Observed observed) {
    Lane lane = lanes.get(observed.lane());
    if (lane == null) {
      return;
    }
    Instant seen = now();
    Instant told = observed.apiTime().orElse(seen);
    boolean late = observed.approximate() || Duration.between(told, seen).compareTo(LATE) > 0;
    long order =
        lastOrder.merge(
            observed.source() + "/" + lane.namespace(), told.getEpochSecond(), Math::max);
    moments.add(
        new Moment(
            ++lastId,
            order,
            late ? told : seen,
            seen,
            observed.apiTime().orElse(null),
            observed.approximate(),
            observed.source(),
            observed.kind(),
            lane.uid(),
            lane.namespace(),
            lane.kind() + "/" + lane.name(),
            observed.state().orElse(null),
            observed.container().orElse(null),
            observed.endpoint().orElse(null),
            observed.count() == 0 ? null : observed.count(),
            observed.text()));
  }

  /** All that is known now. */
  public synchronized Recording recording() {
    Instant now = now();
    List<Moment> sorted = new ArrayList<>(moments);
    sorted.sort(Comparator.comparingLong(Moment::order).thenComparingLong(Moment::id));
    return new Recording(
        Recording.FORMAT,
        "",
        sorted.isEmpty() ? now : sorted.get(0).time(),
        now,
        0,
        List.copyOf(lanes.values()),
        sorted);
  }
}
