package io.podlab.config.reload;

import io.podlab.config.settings.Parsed;
import io.podlab.config.settings.Settings;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.snapshot.Snapshot;
import java.time.Instant;
import java.util.Optional;

/**
 * A snapshot with its meaning, and when it took effect.
 *
 * @param version what the source calls it
 * @param kept whether it is the last good one from the disk, and the source never gave any
 */
public record Loaded(
    Snapshot snapshot, Settings settings, Optional<String> version, Instant at, boolean kept) {
  /** The last good configuration from the disk, if it is still good. */
  static Optional<Loaded> kept(Snapshot snapshot, Instant now) {
    return SettingsParser.parse(snapshot) instanceof Parsed.Valid valid
        ? Optional.of(new Loaded(snapshot, valid.settings(), Optional.empty(), now, true))
        : Optional.empty();
  }

  Loaded named(Optional<String> version) {
    return new Loaded(snapshot, settings, version, at, false);
  }
}
