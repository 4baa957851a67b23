package io.podlab.config.reload;

import io.podlab.config.settings.Parsed;
import io.podlab.config.settings.Settings;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.SourceName;
import java.time.Instant;
import java.util.Map;
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
    Optional<SourceProblem> gone,
    Optional<SourceProblem> unreadable) {
  /** Before anything is in effect: no keys, and the defaults. */
  static State nothing(SourceName source, String origin, Instant now) {
    Snapshot empty = Snapshot.of(Map.of(), Map.of());
    Settings defaults = ((Parsed.Valid) SettingsParser.parse(empty)).settings();
    return new State(
        new Loaded(empty, defaults, Optional.empty(), now, false),
        source,
        origin,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  State inEffect(Loaded now) {
    return new State(now, source, origin, Optional.empty(), Optional.empty(), Optional.empty());
  }

  State rejecting(Rejected now) {
    return new State(loaded, source, origin, Optional.of(now), Optional.empty(), Optional.empty());
  }

  State losing(SourceProblem now) {
    return new State(loaded, source, origin, Optional.empty(), Optional.of(now), Optional.empty());
  }

  /** What was known of the source is kept: it is not known to have changed. */
  State missing(SourceProblem now) {
    return new State(loaded, source, origin, rejected, gone, Optional.of(now));
  }

  boolean isGood() {
    return problem().isEmpty();
  }

  /** Why what is in effect may not be what the source would give. */
  Optional<String> problem() {
    return unreadable
        .or(() -> gone)
        .map(SourceProblem::why)
        .or(() -> rejected.map(Rejected::sentence));
  }
}
