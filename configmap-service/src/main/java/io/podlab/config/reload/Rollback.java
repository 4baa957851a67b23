package io.podlab.config.reload;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * A revision from the history is in effect, and not the content of the source. This ends when the
 * source changes.
 *
 * @param at when it took effect
 * @param sourceRevision the revision of the source's last content; absent if it was invalid, or if
 *     the service has not read it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Rollback(Instant at, Optional<String> sourceRevision) {
  Rollback withoutSourceRevision() {
    return new Rollback(at, Optional.empty());
  }

  /**
   * {@code rolled back to REVISION at TIME; the source has OTHER}.
   *
   * @param revision the revision in effect
   * @param gone why the source has no content now
   * @param unreadable why the service cannot read the source now
   */
  public String sentence(
      String revision, Optional<SourceProblem> gone, Optional<SourceProblem> unreadable) {
    String has = gone.isEmpty() && unreadable.isEmpty() ? "has" : "had";
    return "rolled back to %s at %s%s"
        .formatted(
            revision,
            at,
            sourceRevision.map(other -> "; the source %s %s".formatted(has, other)).orElse(""));
  }
}
