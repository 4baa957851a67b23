package io.podlab.board.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides when the board could not watch a namespace. All times are by this machine's clock,
 * because its offset from the API server's clock can change.
 */
final class OutageDetector {
  /** A watch that only changes its connection is connected again within this time. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** The first lists take longer. */
  private static final Duration PATIENCE_AT_START = Duration.ofSeconds(10);

  /** Events of the outage arrive within this time after its end; they belong to the outage. */
  private static final Duration SETTLING = Duration.ofMillis(500);

  /** The start, or the end of the last outage. */
  private Instant begin;

  private Instant lastHealthy;
  private Optional<Instant> healthySince = Optional.empty();
  private boolean seen;
  private boolean outage;

  /** Whether the reported cause of the outage is certain. */
  private boolean certain;

  OutageDetector(Instant start) {
    this.begin = start;
    this.lastHealthy = start;
  }

  /**
   * Why the board cannot watch everything.
   *
   * @param certain whether the API server refuses, so that waiting does not help
   * @param lastHeard the last event, if a dead connection is detected only later
   */
  record Cause(String why, boolean certain, Optional<Instant> lastHeard) {
    Cause(String why, boolean certain) {
      this(why, certain, Optional.empty());
    }
  }

  sealed interface Transition permits Began, Explained, Ended {}

  /**
   * @param since the last time when all watches certainly worked
   */
  record Began(Instant since, String why) implements Transition {}

  /** The outage at the start goes on; now its certain cause is known. */
  record Explained(String why) implements Transition {}

  record Ended() implements Transition {}

  boolean isOutage() {
    return outage;
  }

  /** Whether all watches work. */
  boolean isHealthy() {
    return seen && !outage;
  }

  Optional<Transition> check(Instant now, Optional<Cause> cause) {
    if (cause.isPresent()) {
      healthySince = Optional.empty();
      Instant last = cause.get().lastHeard().map(this::lastConfirmed).orElse(lastHealthy);
      Duration patience = seen ? PATIENCE : PATIENCE_AT_START;
      if (!outage
          && (cause.get().certain() && !seen
              || Duration.between(last, now).compareTo(patience) > 0)) {
        outage = true;
        certain = cause.get().certain();
        return Optional.of(new Began(last, cause.get().why()));
      }
      if (outage && !seen && !certain && cause.get().certain()) {
        certain = true;
        return Optional.of(new Explained(cause.get().why()));
      }
      return Optional.empty();
    }
    Instant since = healthySince.orElse(now);
    healthySince = Optional.of(since);
    if (!outage) {
      seen = true;
      lastHealthy = now;
    } else if (Duration.between(since, now).compareTo(SETTLING) >= 0) {
      seen = true;
      outage = false;
      begin = now;
      lastHealthy = now;
      return Optional.of(new Ended());
    }
    return Optional.empty();
  }

  private Instant lastConfirmed(Instant lastHeard) {
    Instant sign = lastHeard.isBefore(begin) ? begin : lastHeard;
    return sign.isBefore(lastHealthy) ? sign : lastHealthy;
  }
}
