package io.podlab.board.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * All that the board knows at a time; a file of it can be shown again.
 *
 * @param format {@link #FORMAT}, so that any other file is told apart
 * @param title what the page says about it, for example which namespaces or that it is a sample
 * @param from the oldest time that the board knows of
 * @param to when the recording was made; not before any of its moments
 * @param seenFrom from when on the board saw what happened; what was before is rebuilt, or has been
 *     dropped. Left out if that is not known.
 * @param dropped how many moments were dropped because there were too many or they were too old
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
