package io.podlab.lab.record;

import java.time.Instant;
import java.util.Set;

/**
 * The result of one play.
 *
 * @param time when the play ended
 * @param lesson its name
 * @param outcome passed, failed or skipped
 * @param cluster identifies the cluster, whatever its context is called
 * @param where the context and the address of the cluster at that time, as text
 */
public record RecordedResult(
    Instant time, String lesson, String outcome, String cluster, String where) {
  private static final Set<String> OUTCOMES = Set.of("passed", "failed", "skipped");

  public RecordedResult {
    if (time == null || lesson == null || cluster == null || where == null) {
      throw new IllegalArgumentException("a field is missing");
    }
    if (outcome == null || !OUTCOMES.contains(outcome)) {
      throw new IllegalArgumentException("'" + outcome + "' is not an outcome");
    }
  }
}
