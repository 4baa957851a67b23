package io.podlab.config.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells of a watch what is worth knowing. The API server ends each watch after some minutes, and
 * the next one begins a second or two later: that is not told.
 */
final class WatchGap {
  private static final Duration WORTH_TELLING = Duration.ofSeconds(10);

  private final String watched;
  private boolean hasBegun;
  private boolean told;

  /** When the watch went down; null while it is up. */
  private Instant since;

  WatchGap(String watched) {
    this.watched = watched;
  }

  /** To be called every second or so; returns a line for the log if there is something to tell. */
  Optional<String> look(boolean watching, Instant now) {
    return watching ? open(now) : closed(now);
  }

  private Optional<String> open(Instant now) {
    boolean news = told || !hasBegun;
    String line =
        told
            ? "watching %s again, after %ss".formatted(watched, seconds(now))
            : "watching " + watched;
    since = null;
    told = false;
    hasBegun = true;
    return news ? Optional.of(line) : Optional.empty();
  }

  private Optional<String> closed(Instant now) {
    since = since == null ? now : since;
    if (told || Duration.between(since, now).compareTo(WORTH_TELLING) < 0) {
      return Optional.empty();
    }
    told = true;
    return Optional.of(
        "the watch on %s has been down for %ss; reading it every second instead"
            .formatted(watched, seconds(now)));
  }

  private long seconds(Instant now) {
    return Duration.between(since, now).toSeconds();
  }
}
