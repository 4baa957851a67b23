package io.podlab.probe.control;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.http.PlainText;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeRequest;
import io.podlab.probe.answer.Timeline;
import io.podlab.probe.answer.Uptime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The current status of a probe. */
@Schema(name = "Probe")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProbeStatus(
    @Schema(description = "liveness, readiness or startup") String probe,
    @Schema(description = "ok, fail, hang or drop") String state,
    @Schema(description = "Start of this state") Instant since,
    @Schema(description = "End of this state; absent if it is not known") Instant nextChange,
    @Schema(description = "The next state: ok, fail, hang or drop") String nextState,
    @Schema(description = "The current schedule") String schedule,
    @Schema(description = "The schedule from the settings, which DELETE restores")
        String configured,
    @Schema(description = "Number of further probes that fail, regardless of the schedule")
        int failNext,
    @Schema(description = "Number of requests since the start") long hits,
    @Schema(description = "Time of the last request") Instant lastHit,
    @Schema(description = "Answer to the last request: ok, fail, hang or drop") String lastAnswer,
    @JsonIgnore @Schema(hidden = true) List<String> row)
    implements PlainText {
  static final List<String> COLUMNS =
      List.of(
          "PROBE", "STATE", "SINCE", "NEXT CHANGE", "HITS", "LAST HIT", "LAST ANSWER", "SCHEDULE");

  private static final String NONE = "-";

  static ProbeStatus of(Probe probe, Uptime uptime) {
    long now = uptime.nanos();
    long hits = probe.history().count();
    Timeline.Snapshot moment = probe.timeline().now();
    List<ProbeRequest> requests = probe.history().last();
    Optional<ProbeRequest> last =
        requests.isEmpty() ? Optional.empty() : Optional.of(requests.get(requests.size() - 1));
    boolean ends = moment.until().isPresent();
    String lastAnswer = last.map(request -> request.answer().label()).orElse(null);
    return new ProbeStatus(
        probe.type().label(),
        moment.state().label(),
        uptime.instant(moment.since()),
        ends ? uptime.instant(moment.until().getAsLong()) : null,
        ends ? moment.next().label() : null,
        moment.schedule().toString(),
        probe.timeline().configured().toString(),
        moment.failNext(),
        hits,
        last.map(request -> uptime.instant(request.at())).orElse(null),
        lastAnswer,
        List.of(
            probe.type().label(),
            moment.state().label(),
            ago(now, moment.since()),
            nextChange(moment, now),
            Long.toString(hits),
            last.map(request -> ago(now, request.at())).orElse(NONE),
            Objects.requireNonNullElse(lastAnswer, NONE),
            moment.schedule().toString()));
  }

  private static String ago(long now, long then) {
    return HumanDuration.of(Math.max(0, now - then)) + " ago";
  }

  private static String nextChange(Timeline.Snapshot moment, long now) {
    if (moment.failNext() > 0) {
      return moment.next() == moment.state()
          ? NONE
          : "%s after %d %s"
              .formatted(
                  moment.next(), moment.failNext(), moment.failNext() == 1 ? "probe" : "probes");
    }
    return moment.until().isPresent()
        ? moment.next() + " in " + HumanDuration.of(Math.max(0, moment.until().getAsLong() - now))
        : NONE;
  }

  @Override
  public String plainText() {
    return Table.of(List.of(COLUMNS, row));
  }
}
