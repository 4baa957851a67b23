package io.podlab.config.reload;

import io.podlab.config.source.SourceName;
import java.util.Optional;

/**
 * All of one moment in one object, so that no reader sees two versions mixed.
 *
 * @param loaded what is in effect
 * @param origin where the source is
 * @param rejected what the source holds, if that is not taken
 * @param gone if the source holds nothing any more
 * @param unreadable if nobody knows what it holds
 */
public record State(
    Loaded loaded,
    SourceName source,
    String origin,
    Optional<Rejected> rejected,
    Optional<Trouble> gone,
    Optional<Trouble> unreadable) {
  State inEffect(Loaded now) {
    return new State(now, source, origin, Optional.empty(), Optional.empty(), Optional.empty());
  }

  State rejecting(Rejected now) {
    return new State(loaded, source, origin, Optional.of(now), Optional.empty(), Optional.empty());
  }

  State losing(Trouble now) {
    return new State(loaded, source, origin, Optional.empty(), Optional.of(now), Optional.empty());
  }

  /** What was known of the source is kept: it is not known to have changed. */
  State missing(Trouble now) {
    return new State(loaded, source, origin, rejected, gone, Optional.of(now));
  }

  boolean isGood() {
    return rejected.isEmpty() && gone.isEmpty() && unreadable.isEmpty();
  }
}
