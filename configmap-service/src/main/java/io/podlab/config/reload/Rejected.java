package io.podlab.config.reload;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.config.settings.KeyError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the source holds and what is not put into effect.
 *
 * @param revision of what was rejected; absent where it could not be read to its end
 * @param when it was rejected
 * @param errors by key, 100 at most
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Rejected(Optional<String> revision, Instant when, List<KeyError> errors) {
  /** Whether this is what is known already. */
  boolean isSame(Rejected known) {
    return revision.equals(known.revision) && (revision.isPresent() || errors.equals(known.errors));
  }

  /** {@code color "blurple": …; refresh "0s": …}, the first three. */
  public String sentence() {
    int most = 3;
    return errors.stream().limit(most).map(KeyError::sentence).collect(Collectors.joining("; "))
        + (errors.size() > most ? "; and " + (errors.size() - most) + " more" : "");
  }
}
