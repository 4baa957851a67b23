package io.podlab.config.reload;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.config.settings.KeyError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Content of the active source that is not in effect, because it is invalid.
 *
 * @param revision of the rejected content; absent if the service could not read all of it
 * @param when the service rejected it
 * @param errors by key, at most 100
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Rejected(Optional<String> revision, Instant when, List<KeyError> errors) {
  /** Whether both reject the same content. */
  boolean isSame(Rejected known) {
    return revision.equals(known.revision) && (revision.isPresent() || errors.equals(known.errors));
  }

  /** The first three errors: {@code color is invalid: …; refresh is invalid: …}. */
  public String sentence() {
    int most = 3;
    return errors.stream().limit(most).map(KeyError::sentence).collect(Collectors.joining("; "))
        + (errors.size() > most ? "; and " + (errors.size() - most) + " more" : "");
  }
}
