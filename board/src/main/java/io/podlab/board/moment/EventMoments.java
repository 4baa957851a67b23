package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import java.util.Optional;

/** What an Event tells that no status tells. */
public final class EventMoments {
  private EventMoments() {}

  /**
   * @param before the same Event as it was; empty if it is new
   * @return none if it says nothing new; the lane is {@code involvedObject.uid}
   */
  public static List<Observed> between(Optional<Event> before, Event after) {
    return List.of();
  }

  /** What an Event tells that was there before the board: all approximate. */
  public static List<Observed> rebuilt(Event event) {
    return List.of();
  }
}
