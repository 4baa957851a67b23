package io.podlab.board.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides from when to when a namespace could not be seen. All times are by this machine's clock:
 * how far the API server's is ahead is learned meanwhile.
 */
final class Sight {
  /** A watch that only moves to another connection is back by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** The first lists take longer. */
  private static final Duration PATIENCE_AT_START = Duration.ofSeconds(10);

  /** What happened meanwhile comes at once when a watch is back; it belongs to the unknown time. */
  private static final Duration SETTLING = Duration.ofMillis(500);

  /** When it began to see; it was not blind since. */
  private Instant begin;

  private Instant lastWell;
  private Optional<Instant> wellSince = Optional.empty();
  private boolean seen;
  private boolean blind;

  Sight(Instant start) {
    this.begin = start;
    this.lastWell = start;
  }

  /**
   * What is in the way of seeing all.
   *
   * @param certain whether waiting does not help: the API server refuses
   * @param lastSign the last sign of life, where it takes a while to find out that there are no
   *     more
   */
  record Obstacle(String why, boolean certain, Optional<Instant> lastSign) {
    Obstacle(String why, boolean certain) {
      this(why, certain, Optional.empty());
    }
  }

  sealed interface Turn permits Blind, Sighted {}

  /**
   * @param since the last time when all was certainly well
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
      Instant last = obstacle.get().lastSign().map(this::lastCertain).orElse(lastWell);
      Duration patience = seen ? PATIENCE : PATIENCE_AT_START;
      if (!blind
          && (obstacle.get().certain() && !seen
              || Duration.between(last, now).compareTo(patience) > 0)) {
        blind = true;
        return Optional.of(new Blind(last, obstacle.get().why()));
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
      begin = now;
      lastWell = now;
      return Optional.of(new Sighted());
    }
    return Optional.empty();
  }

  private Instant lastCertain(Instant lastSign) {
    Instant sign = lastSign.isBefore(begin) ? begin : lastSign;
    return sign.isBefore(lastWell) ? sign : lastWell;
  }
}
