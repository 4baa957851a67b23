package io.podlab.demo.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.PlainText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of this process' life.
 *
 * @param startedAt when the process began
 * @param now when this was asked
 * @param uptimeSeconds between the two
 * @param containerRuntimeSeconds what passed before that, since the container runtime created the
 *     container's first process; a shell that ran before is included; absent unless the image's
 *     init is process 1
 * @param requests that were answered; probes, scrapes, hooks and the like are none
 * @param inFlight requests that wait for their answer
 * @param events in the order of time; of those that repeat the last 100
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
