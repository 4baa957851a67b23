package io.podlab.board.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides from when to when a namespace could not be seen. */
final class Sight {
  /** A watch that only moves to another connection is back by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** The first lists take longer. */
  private static final Duration PATIENCE_AT_START = Duration.ofSeconds(10);

  /** What happened meanwhile comes at once when a watch is back; it belongs to the unknown time. */
  private static final Duration SETTLING = Duration.ofMillis(500);

  private Instant lastWell;
  private Optional<Instant> wellSince = Optional.empty();
  private boolean seen;
  private boolean blind;

  Sight(Instant start) {
    this.lastWell = start;
  }

  /**
   * What is in the way of seeing all.
   *
   * @param certain whether waiting does not help: the API server refuses
   */
  record Obstacle(String why, boolean certain) {}

  sealed interface Turn permits Blind, Sighted {}

  /**
   * @param since the last time when all was well
   */
  record Blind(Instant since, String why) implements Turn {}

  record Sighted() implements Turn {}

  boolean isBlind() {
    return blind;
  }

  /** Whether all is seen. */
  boolean isWell() {
    return seen && !blind;
  }

  Optional<Turn> look(Instant now, Optional<Obstacle> obstacle) {
    if (obstacle.isPresent()) {
      wellSince = Optional.empty();
      Duration patience = seen ? PATIENCE : PATIENCE_AT_START;
      if (!blind
          && (obstacle.get().certain() && !seen
              || Duration.between(lastWell, now).compareTo(patience) > 0)) {
        blind = true;
        return Optional.of(new Blind(lastWell, obstacle.get().why()));
      }
      return Optional.empty();
    }
    Instant since = wellSince.orElse(now);
    wellSince = Optional.of(since);
    if (!blind) {
      seen = true;
      lastWell = now;
    } else if (Duration.between(since, now).compareTo(SETTLING) >= 0) {
      seen = true;
      blind = false;
      lastWell = now;
      return Optional.of(new Sighted());
    }
    return Optional.empty();
  }
}
