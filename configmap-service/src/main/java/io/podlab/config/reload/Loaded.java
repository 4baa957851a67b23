package io.podlab.config.reload;

import io.podlab.config.settings.Parsed;
import io.podlab.config.settings.Settings;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.snapshot.Snapshot;
import java.time.Instant;
import java.util.Optional;

/**
 * A snapshot that took effect, with its settings.
 *
 * @param version of the source: the resourceVersion, or the target of {@code ..data}
 * @param at when it took effect
 * @param kept whether it is the last good configuration from disk, because the source had no valid
 *     one since the start
 */
public record Loaded(
    Snapshot snapshot, Settings settings, Optional<String> version, Instant at, boolean kept) {
  /** The last good configuration from disk. Empty if this version of the service rejects it. */
  static Optional<Loaded> kept(Snapshot snapshot, Instant now) {
    return SettingsParser.parse(snapshot) instanceof Parsed.Valid valid
        ? Optional.of(new Loaded(snapshot, valid.settings(), Optional.empty(), now, true))
        : Optional.empty();
  }

  /** Another revision, which a rollback puts into effect. */
  static Loaded rolledBack(Snapshot snapshot, Optional<String> version, Instant now) {
    return new Loaded(
        snapshot, ((Parsed.Valid) SettingsParser.parse(snapshot)).settings(), version, now, false);
  }

  Loaded named(Optional<String> version) {
    return new Loaded(snapshot, settings, version, at, false);
  }
}
