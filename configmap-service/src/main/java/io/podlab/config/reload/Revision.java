package io.podlab.config.reload;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.source.SourceName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One entry of the history.
 *
 * @param revision absent where it could not be read to its end
 * @param when it was decided upon
 * @param changed how many keys differ from what was in effect before
 * @param changes the first 100 of them
 * @param errors why it was rejected
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
  private static final int MOST_CHANGES = 100;

  public Revision {
    changes = List.copyOf(changes.subList(0, Math.min(MOST_CHANGES, changes.size())));
  }

  /** What became of it. */
  public enum Result {
    ACCEPTED,
    REJECTED;

    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
