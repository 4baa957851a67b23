package io.podlab.config.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what to log about a watch. The API server ends each watch after some minutes, and the
 * next one starts a second or two later. Such short gaps are not logged.
 */
final class WatchGap {
  private static final Duration SHORTEST_LOGGED = Duration.ofSeconds(10);

  private final String watched;
  private boolean hasBegun;
  private boolean logged;

  /** When the watch went down; null while it is up. */
  private Instant since;

  WatchGap(String watched) {
    this.watched = watched;
  }

  /** Called about every second. Returns a line for the log, if there is something to report. */
  Optional<String> look(boolean watching, Instant now) {
    return watching ? open(now) : closed(now);
  }

  private Optional<String> open(Instant now) {
    boolean isLogged = logged || !hasBegun;
    String line =
        logged
            ? "watching %s again after %ss".formatted(watched, seconds(now))
            : "watching " + watched;
    since = null;
    logged = false;
    hasBegun = true;
    return isLogged ? Optional.of(line) : Optional.empty();
  }

  private Optional<String> closed(Instant now) {
    since = since == null ? now : since;
    if (logged || Duration.between(since, now).compareTo(SHORTEST_LOGGED) < 0) {
      return Optional.empty();
    }
    logged = true;
    return Optional.of(
        "the watch on %s has been down for %ss; reading the ConfigMap every second instead"
            .formatted(watched, seconds(now)));
  }

  private long seconds(Instant now) {
    return Duration.between(since, now).toSeconds();
  }
}
