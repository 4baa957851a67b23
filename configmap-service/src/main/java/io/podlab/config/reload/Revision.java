package io.podlab.config.reload;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.source.SourceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * One entry of the history.
 *
 * @param revision absent if the service could not read all of the content
 * @param when the service accepted or rejected it, or rolled back to it
 * @param source the active source
 * @param changed number of keys that differ from the configuration in effect before
 * @param changes the first changes: at most 100, and at most 10,000 characters; a change without
 *     its diff, if the diff is too long
 * @param errors why it was rejected; the same limits
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Revision(
    Optional<String> revision,
    Instant when,
    SourceName source,
    Result result,
    int changed,
    List<Change> changes,
    List<KeyError> errors) {
  private static final int MOST = 100;

  /** Limits an answer with 100 revisions: in JSON, a character can need six bytes. */
  private static final int MOST_CHARACTERS = 10_000;

  public Revision {
    changes =
        first(
            changes,
            one ->
                one.key().length()
                    + length(one.before())
                    + length(one.after())
                    + one.diff().map(lines -> String.join("\n", lines).length()).orElse(0),
            Change::withoutDiff);
    errors =
        first(
            errors,
            one -> one.key().length() + length(one.value()) + one.why().length(),
            UnaryOperator.identity());
  }

  static Revision accepted(String revision, Instant when, SourceName source, List<Change> changes) {
    return new Revision(
        Optional.of(revision), when, source, Result.ACCEPTED, changes.size(), changes, List.of());
  }

  static Revision rollback(String revision, Instant when, SourceName source, List<Change> changes) {
    return new Revision(
        Optional.of(revision), when, source, Result.ROLLBACK, changes.size(), changes, List.of());
  }

  static Revision rejected(Rejected rejected, SourceName source, List<Change> changes) {
    return new Revision(
        rejected.revision(),
        rejected.when(),
        source,
        Result.REJECTED,
        changes.size(),
        changes,
        rejected.errors());
  }

  private static int length(Optional<String> text) {
    return text.map(String::length).orElse(0);
  }

  /**
   * @param shorter makes an element shorter that does not fit
   */
  private static <T> List<T> first(List<T> all, ToIntFunction<T> length, UnaryOperator<T> shorter) {
    List<T> first = new ArrayList<>();
    int characters = 0;
    for (T whole : all) {
      T one =
          characters + length.applyAsInt(whole) <= MOST_CHARACTERS ? whole : shorter.apply(whole);
      characters += length.applyAsInt(one);
      if (first.size() == MOST || characters > MOST_CHARACTERS) {
        break;
      }
      first.add(one);
    }
    return List.copyOf(first);
  }

  /** Whether the revision took effect, and whether it came from the source. */
  public enum Result {
    ACCEPTED,
    REJECTED,
    ROLLBACK;

    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
