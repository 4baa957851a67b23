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
 * @param rollback if a rollback put another revision into effect than the source has
 * @param sourceContent the source's last content, if it was valid. A rollback to it must always be
 *     possible, because it ends another rollback
 */
public record State(
    Loaded loaded,
    SourceName source,
    String origin,
    Optional<Rejected> rejected,
    Optional<SourceProblem> gone,
    Optional<SourceProblem> unreadable,
    Optional<Rollback> rollback,
    Optional<Snapshot> sourceContent) {
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
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The source has this content. */
  State inEffect(Loaded now) {
    return good(now, Optional.empty(), now.kept() ? Optional.empty() : Optional.of(now.snapshot()));
  }

  /** The source has the same content as before the rollback, which stays in effect. */
  State stillRolledBack(Optional<String> version) {
    return good(loaded.named(version), rollback, sourceContent);
  }

  private State good(Loaded now, Optional<Rollback> rolledBack, Optional<Snapshot> content) {
    return new State(
        now,
        source,
        origin,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        rolledBack,
        content);
  }

  /** After invalid content, all valid content counts as a change of the source. */
  State rejecting(Rejected now) {
    return new State(
        loaded,
        source,
        origin,
        Optional.of(now),
        Optional.empty(),
        Optional.empty(),
        rollback.map(Rollback::withoutSourceRevision),
        Optional.empty());
  }

  State losing(SourceProblem now) {
    return new State(
        loaded,
        source,
        origin,
        Optional.empty(),
        Optional.of(now),
        Optional.empty(),
        rollback,
        sourceContent);
  }

  /** Keeps the other problems: the source may still have them. */
  State missing(SourceProblem now) {
    return new State(
        loaded, source, origin, rejected, gone, Optional.of(now), rollback, sourceContent);
  }

  /** Keeps all problems: the source still has them. */
  State rolledBack(Loaded now) {
    Optional<String> has = sourceContent.map(Snapshot::revision);
    return new State(
        now,
        source,
        origin,
        rejected,
        gone,
        unreadable,
        has.equals(Optional.of(now.snapshot().revision()))
            ? Optional.empty()
            : Optional.of(new Rollback(now.at(), has)),
        sourceContent);
  }

  /** Whether a rollback stays in effect when the source has this revision. */
  public boolean keepsRollback(String revision) {
    return rollback.flatMap(Rollback::sourceRevision).equals(Optional.of(revision));
  }

  /** Whether the configuration in effect is the source's last valid content. */
  boolean isFromSource() {
    return rollback.isEmpty() && !loaded.kept();
  }

  boolean isGood() {
    return problem().isEmpty();
  }

  /** {@code rolled back to REVISION at TIME; the source has OTHER}. */
  public Optional<String> rollbackSentence() {
    return rollback.map(one -> one.sentence(loaded.snapshot().revision(), gone, unreadable));
  }

  /** Why the content of the source is not in effect. */
  Optional<String> problem() {
    return unreadable
        .or(() -> gone)
        .map(SourceProblem::why)
        .or(() -> rejected.map(Rejected::sentence));
  }
}
