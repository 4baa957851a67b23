package io.podlab.lab.record;

import java.time.Instant;

/**
 * The result of one play.
 *
 * @param time when the play ended
 * @param lesson its name
 * @param cluster identifies the cluster, whatever its context is called
 */
public record RecordedResult(Instant time, String lesson, Outcome outcome, String cluster) {
  public RecordedResult {
    if (time == null || lesson == null || outcome == null || cluster == null) {
      throw new IllegalArgumentException("a field is missing");
    }
  }
}
