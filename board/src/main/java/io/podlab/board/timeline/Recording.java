package io.podlab.board.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * Everything that the board keeps at a time, in a form that it can show again.
 *
 * @param format always {@link #FORMAT}
 * @param title shown on the page, for example the namespaces
 * @param from the oldest time that the recording covers
 * @param to the time of the recording; not before any of its moments
 * @param seenFrom since when the board watched; earlier moments are rebuilt, or were dropped.
 *     Absent if unknown.
 * @param dropped the number of dropped moments: too many, or too old
 * @param lanes in no particular order
 * @param moments sorted by order, then id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Recording(
    String format,
    String title,
    Instant from,
    Instant to,
    Instant seenFrom,
    long dropped,
    List<Lane> lanes,
    List<Moment> moments) {
  public static final String FORMAT = "podlab-recording/1";

  public Recording {
    lanes = List.copyOf(lanes);
    moments = List.copyOf(moments);
  }
}
