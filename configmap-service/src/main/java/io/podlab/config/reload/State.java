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
 * The complete state in one immutable object, so that a reader never sees a mixture of two states.
 *
 * @param loaded the configuration in effect
 * @param source the active source
 * @param origin where the source is
 * @param rejected the content of the source, if it is invalid
 * @param gone why the source has no content
 * @param unreadable why the service cannot read the source
 */
public record State(
    Loaded loaded,
    SourceName source,
    String origin,
    Optional<Rejected> rejected,
    Optional<SourceProblem> gone,
    Optional<SourceProblem> unreadable) {
  /** The state before the first reading: no keys, all defaults. */
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

  /** Keeps the other problems: the source may still have them. */
  State missing(SourceProblem now) {
    return new State(loaded, source, origin, rejected, gone, Optional.of(now));
  }

  boolean isGood() {
    return problem().isEmpty();
  }

  /** Why the content of the source is not in effect. */
  Optional<String> problem() {
    return unreadable
        .or(() -> gone)
        .map(SourceProblem::why)
        .or(() -> rejected.map(Rejected::sentence));
  }
}
