package io.podlab.demo.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.PlainText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The timeline of this process.
 *
 * @param startedAt start time of the process
 * @param now time of this snapshot
 * @param uptimeSeconds seconds from the start to now
 * @param containerRuntimeSeconds seconds before the start, since the container runtime created the
 *     container's first process; includes a shell that ran before; absent unless the image's init
 *     is process 1
 * @param requests number of answered requests, without probes, scrapes and hooks
 * @param inFlight number of requests that wait for their answer
 * @param events sorted by time; at most the last 100 of those that repeat
 */
public record Timeline(
    Instant startedAt,
    Instant now,
    double uptimeSeconds,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Double> containerRuntimeSeconds,
    long requests,
    long inFlight,
    List<Occurrence> events)
    implements PlainText {
  private static final String ROW = "%-21s  %-24s  %-12s  %s";

  public Timeline {
    events = List.copyOf(events);
  }

  @Override
  public String plainText() {
    StringBuilder table = new StringBuilder();
    append(table, "EVENT", "AT", "AFTER", "DETAIL");
    for (Occurrence occurrence : events) {
      append(
          table,
          occurrence.event().toString(),
          occurrence.at().toString(),
          GoDuration.format(occurrence.after()),
          occurrence.detail().orElse(""));
    }
    return table
        .append("\nrequests answered: ")
        .append(requests)
        .append(", in flight: ")
        .append(inFlight)
        .append('\n')
        .toString();
  }

  private static void append(StringBuilder table, Object... cells) {
    table.append(ROW.formatted(cells).stripTrailing()).append('\n');
  }
}
