package io.podlab.config.source;

import io.podlab.config.snapshot.Snapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a source says when it is asked. */
public sealed interface Reading {
  /**
   * @param version what the source itself calls it: a resourceVersion, or the directory behind
   *     {@code ..data}
   * @param changed when it came to be, by what the source tells; the lag is measured from then
   * @param immutable whether the ConfigMap can never have other data
   * @param applied the keys that {@code kubectl apply} wrote last: it removes no others
   */
  record Content(
      Snapshot snapshot,
      Optional<String> version,
      Optional<Instant> changed,
      boolean immutable,
      Set<String> applied)
      implements Reading {
    public Content(
        Snapshot snapshot, Optional<String> version, Optional<Instant> changed, boolean immutable) {
      this(snapshot, version, changed, immutable, Set.of());
    }

    public Content {
      applied = Set.copyOf(applied);
    }
  }

  /** It is certain that there is nothing. */
  record Gone(String why) implements Reading {}

  /**
   * There is something that can be no configuration, whatever its values are.
   *
   * @param key where it is
   */
  record Refused(String key, String why) implements Reading {}

  /** Nobody knows what there is; it is tried again. */
  record Unreadable(String why) implements Reading {}
}
