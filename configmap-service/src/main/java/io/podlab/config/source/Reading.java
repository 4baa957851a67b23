package io.podlab.config.source;

import io.podlab.config.snapshot.Snapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The result of reading a source. */
public sealed interface Reading {
  /**
   * The source has content.
   *
   * @param version the resourceVersion, or the target of {@code ..data}
   * @param changed when the content changed, if the source knows it; the start of the lag
   * @param immutable whether the ConfigMap is immutable
   * @param applied the keys that {@code kubectl apply} wrote last; it removes only these
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

  /** The source certainly has no content. */
  record Gone(String why) implements Reading {}

  /**
   * The source has content that cannot be a configuration, independent of its values.
   *
   * @param key the key with the problem; "" if there is no single key
   */
  record Refused(String key, String why) implements Reading {}

  /** The content is unknown. The service tries again. */
  record Unreadable(String why) implements Reading {}
}
