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
   * @param written how the ConfigMap is written, if the source is one that can tell
   */
  record Content(
      Snapshot snapshot,
      Optional<String> version,
      Optional<Instant> changed,
      boolean immutable,
      Written written)
      implements Reading {
    public Content(
        Snapshot snapshot, Optional<String> version, Optional<Instant> changed, boolean immutable) {
      this(snapshot, version, changed, immutable, new Written(Set.of(), Optional.empty()));
    }
  }

  /**
   * What the values of a ConfigMap do not tell.
   *
   * @param binaryKeys names of the keys that stand in {@code binaryData}, UTF-8 or not
   * @param applied what {@code kubectl apply} was given last, as JSON; absent if it never was; from
   *     the {@link #ANNOTATION}
   */
  record Written(Set<String> binaryKeys, Optional<String> applied) {
    public static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
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
