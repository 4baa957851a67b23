package io.podlab.probe.control;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.podlab.kit.http.PlainText;
import io.podlab.probe.probe.Probe;
import io.podlab.probe.probe.Timeline;
import io.podlab.probe.probe.Uptime;
import io.podlab.probe.probe.Visit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One probe as it is now. */
public record ProbeStatus(@JsonUnwrapped Fields fields, @JsonIgnore List<String> row)
    implements PlainText {
  static final List<String> COLUMNS =
      List.of(
          "PROBE", "STATE", "SINCE", "NEXT CHANGE", "HITS", "LAST HIT", "LAST ANSWER", "SCHEDULE");

  private static final String NONE = "-";

  /** The JSON form. */
  @Schema(name = "Probe")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Fields(
      @Schema(description = "liveness, readiness or startup") String probe,
      @Schema(description = "ok, fail, hang or drop") String state,
      @Schema(description = "When it became so") Instant since,
      @Schema(description = "When it becomes otherwise; absent if no end is known")
          Instant nextChange,
      @Schema(description = "What it becomes then") String nextState,
      @Schema(description = "What is in effect") String schedule,
      @Schema(description = "What DELETE returns to") String configured,
      @Schema(description = "How many probes still fail, whatever the schedule says") int failNext,
      @Schema(description = "Probes seen since the start") long hits,
      Instant lastHit,
      @Schema(description = "ok, fail, hang or drop") String lastAnswer) {}

  static ProbeStatus of(Probe probe, Uptime uptime) {
    long now = uptime.nanos();
    Timeline.Moment moment = probe.timeline().now();
    List<Visit> visits = probe.history().last();
    Optional<Visit> last =
        visits.isEmpty() ? Optional.empty() : Optional.of(visits.get(visits.size() - 1));
    boolean ends = moment.until().isPresent();
    Fields fields =
        new Fields(
            probe.type().word(),
            moment.state().word(),
            uptime.instant(moment.since()),
            ends ? uptime.instant(moment.until().getAsLong()) : null,
            ends ? moment.next().word() : null,
            moment.schedule().toString(),
            probe.timeline().configured().toString(),
            moment.failNext(),
            probe.history().count(),
            last.map(visit -> uptime.instant(visit.at())).orElse(null),
            last.map(visit -> visit.answer().word()).orElse(null));
    return new ProbeStatus(
        fields,
        List.of(
            fields.probe(),
            fields.state(),
            ago(now, moment.since()),
            nextChange(moment, now),
            Long.toString(fields.hits()),
            last.map(visit -> ago(now, visit.at())).orElse(NONE),
            last.map(visit -> visit.answer().word()).orElse(NONE),
            fields.schedule()));
  }

  private static String ago(long now, long then) {
    return Ages.of(Math.max(0, now - then)) + " ago";
  }

  private static String nextChange(Timeline.Moment moment, long now) {
    if (moment.failNext() > 0) {
      return moment.next() == moment.state()
          ? NONE
          : "%s after %d %s"
              .formatted(
                  moment.next(), moment.failNext(), moment.failNext() == 1 ? "probe" : "probes");
    }
    return moment.until().isPresent()
        ? moment.next() + " in " + Ages.of(Math.max(0, moment.until().getAsLong() - now))
        : NONE;
  }

  @Override
  public String plainText() {
    return Table.of(List.of(COLUMNS, row));
  }
}
