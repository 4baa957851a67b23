package io.podlab.board.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.board.moment.Kind;
import io.podlab.board.program.EventStream.ServerSent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads probe-target's {@code /probes/{probe}/history}, which numbers all received probes. */
final class ProbeTarget implements Program {
  /** Long, because the pod may have no probe. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final List<String> PROBES = List.of("startup", "liveness", "readiness");

  @Override
  public String overview() {
    return "/probes";
  }

  @Override
  public List<String> streams() {
    return PROBES.stream().map(ProbeTarget::stream).toList();
  }

  private static String stream(String probe) {
    return "/probes/" + probe + "/history?follow";
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public Optional<Instant> now(JsonNode overview) {
    return Optional.empty();
  }

  @Override
  public boolean isHistory(JsonNode overview, Report report) {
    for (JsonNode probe : overview.path("probes")) {
      if (probe.path("probe").asText().equals(report.topic())) {
        return report.number() <= probe.path("hits").asLong();
      }
    }
    return false;
  }

  @Override
  public Optional<Report> report(Run run, String stream, ServerSent event) {
    return PROBES.stream()
        .filter(probe -> stream.equals(stream(probe)))
        .findFirst()
        .flatMap(probe -> Report.parse(event.data()).flatMap(json -> report(run, probe, json)));
  }

  private static Optional<Report> report(Run run, String probe, JsonNode json) {
    int number = json.path("number").asInt();
    String answer = Report.text(json, "answer");
    if (number < 1 || answer.isEmpty()) {
      return Optional.empty();
    }
    return Report.time(json, "at")
        .map(
            at ->
                new Report(
                    probe,
                    number,
                    Report.observed(
                            run,
                            answer.equals("ok") ? Kind.PROBE_PASSED : Kind.PROBE_REFUSED,
                            at,
                            "%s probe %d by %s: %s%s"
                                .formatted(
                                    probe,
                                    number,
                                    Report.text(json, "mechanism"),
                                    answer,
                                    interval(json)))
                        .counted(number)));
  }

  private static String interval(JsonNode json) {
    double interval = json.path("interval").asDouble();
    return interval > 0
        ? String.format(Locale.ROOT, ", %.3f s after the previous probe", interval)
        : "";
  }
}
