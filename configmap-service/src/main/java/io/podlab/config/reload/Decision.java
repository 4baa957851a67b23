package io.podlab.config.reload;

import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.settings.Parsed;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to do after a reading of the active source. Content is accepted or rejected as a whole. The
 * same reading again leads to no new result and no new message.
 *
 * @param state the next state; the same object as before if nothing changed
 * @param result the result to count; absent if nothing changed, or the source recovered without a
 *     change
 * @param revision the entry to add to the history
 * @param message the line to log
 */
record Decision(
    State state, Optional<Result> result, Optional<Revision> revision, Optional<String> message) {
  /** The result of a reading. */
  enum Result {
    SUCCESS,
    REJECTED,
    GONE,
    UNREADABLE
  }

  static Decision of(State state, Reading reading, Instant now) {
    if (reading instanceof Reading.Content content) {
      return content(state, content, now);
    }
    if (reading instanceof Reading.Refused refused) {
      return rejection(
          state,
          new Rejected(
              Optional.empty(),
              now,
              List.of(new KeyError(refused.key(), Optional.empty(), refused.why()))),
          List.of());
    }
    if (reading instanceof Reading.Gone gone) {
      return loss(state, gone.why(), now);
    }
    return unreadable(state, ((Reading.Unreadable) reading).why(), now);
  }

  private static Decision content(State state, Reading.Content content, Instant now) {
    Snapshot snapshot = content.snapshot();
    Loaded loaded = state.loaded();
    if (state.keepsRollback(snapshot.revision())) {
      return state.isGood() && loaded.version().equals(content.version())
          ? nothing(state)
          : quiet(
              state.stillRolledBack(content.version()),
              Optional.of(
                      "the source again has revision %s; the rollback to revision %s stays in effect"
                          .formatted(snapshot.revision(), loaded.snapshot().revision()))
                  .filter(message -> !state.isGood()));
    }
    if (snapshot.revision().equals(loaded.snapshot().revision())) {
      if (state.rollback().isPresent()) {
        return endOfRollback(state, content, now);
      }
      boolean same =
          state.isGood() && state.isFromSource() && loaded.version().equals(content.version());
      return same
          ? nothing(state)
          : quiet(
              state.inEffect(loaded.named(content.version())),
              Optional.of(
                      "the source again has revision %s, which is in effect"
                          .formatted(snapshot.revision()))
                  .filter(message -> !state.isGood()));
    }
    if (snapshot.isEmpty()) {
      return loss(state, state.origin() + " has no keys", now);
    }
    Parsed parsed = SettingsParser.parse(snapshot);
    if (parsed instanceof Parsed.Invalid invalid) {
      return rejection(
          state,
          new Rejected(Optional.of(snapshot.revision()), now, invalid.errors()),
          changes(loaded.snapshot(), snapshot));
    }
    return acceptance(
        state,
        new Loaded(snapshot, ((Parsed.Valid) parsed).settings(), content.version(), now, false));
  }

  /** Puts this configuration into effect. */
  static Decision acceptance(State state, Loaded next) {
    Snapshot before = state.loaded().snapshot();
    Snapshot now = next.snapshot();
    return new Decision(
        state.inEffect(next),
        Optional.of(Result.SUCCESS),
        Optional.of(
            Revision.accepted(now.revision(), next.at(), state.source(), changes(before, now))),
        Optional.of(
            "reloaded: revision %s replaces revision %s%s"
                .formatted(
                    now.revision(),
                    before.revision(),
                    state.rollback().isPresent() ? "; the rollback ends" : "")));
  }

  /** The source changed to the revision of the rollback. */
  private static Decision endOfRollback(State state, Reading.Content content, Instant now) {
    String revision = content.snapshot().revision();
    return new Decision(
        state.inEffect(state.loaded().named(content.version())),
        Optional.of(Result.SUCCESS),
        Optional.of(Revision.accepted(revision, now, state.source(), List.of())),
        Optional.of(
            "the source has revision %s, which is in effect; the rollback ends"
                .formatted(revision)));
  }

  /** Puts this earlier configuration into effect. It is not a change of the source. */
  static Decision rollback(State state, Loaded target) {
    Snapshot before = state.loaded().snapshot();
    Snapshot now = target.snapshot();
    State next = state.rolledBack(target);
    return new Decision(
        next,
        Optional.empty(),
        Optional.of(
            Revision.rollback(now.revision(), target.at(), state.source(), changes(before, now))),
        Optional.of(
            "rolled back: revision %s replaces revision %s%s"
                .formatted(
                    now.revision(),
                    before.revision(),
                    next.rollback().isPresent() ? " until the source changes" : "")));
  }

  private static Decision rejection(State state, Rejected rejected, List<Change> changes) {
    return state.rejected().filter(rejected::isSame).isPresent()
        ? again(state, state.rejecting(state.rejected().get()))
        : new Decision(
            state.rejecting(rejected),
            Optional.of(Result.REJECTED),
            Optional.of(Revision.rejected(rejected, state.source(), changes)),
            Optional.of(rejected.sentence()));
  }

  private static Decision loss(State state, String why, Instant now) {
    return state.gone().filter(known -> known.why().equals(why)).isPresent()
        ? again(state, state.losing(state.gone().get()))
        : new Decision(
            state.losing(new SourceProblem(now, why)),
            Optional.of(Result.GONE),
            Optional.empty(),
            Optional.of(why));
  }

  private static Decision unreadable(State state, String why, Instant now) {
    return state.unreadable().filter(known -> known.why().equals(why)).isPresent()
        ? nothing(state)
        : new Decision(
            state.missing(new SourceProblem(now, why)),
            Optional.of(Result.UNREADABLE),
            Optional.empty(),
            Optional.of(why));
  }

  /** The problem is known. The source can have been unreadable in between. */
  private static Decision again(State state, State known) {
    return state.unreadable().isEmpty()
        ? nothing(state)
        : quiet(known, Optional.of(state.origin() + " can be read again and has not changed"));
  }

  private static Decision nothing(State state) {
    return quiet(state, Optional.empty());
  }

  private static Decision quiet(State state, Optional<String> message) {
    return new Decision(state, Optional.empty(), Optional.empty(), message);
  }

  private static List<Change> changes(Snapshot before, Snapshot after) {
    return Change.between(SettingsParser.given(before), SettingsParser.given(after));
  }
}
