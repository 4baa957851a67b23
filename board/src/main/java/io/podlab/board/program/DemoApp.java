package io.podlab.board.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.board.moment.Kind;
import io.podlab.board.program.EventStream.ServerSent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads demo-app's {@code /lifecycle}. The JSON form contains the program's time. The stream starts
 * with the whole history and reports traffic every second, which is not a moment.
 */
final class DemoApp implements Program {
  private record Meaning(Kind kind, String text) {}

  private static final Map<String, Meaning> MEANINGS =
      Map.ofEntries(
          entry("process-start", Kind.PROGRAM_STARTED, "process started"),
          entry("listening", Kind.PROGRAM_LISTENING, "listening for connections"),
          entry("post-start", Kind.HOOK_CALLED, "postStart hook called"),
          entry("pre-stop-begin", Kind.HOOK_CALLED, "preStop hook called"),
          entry("pre-stop-end", Kind.PROGRAM_REPORT, "preStop hook finished"),
          entry("first-request", Kind.FIRST_REQUEST, "first request"),
          entry("last-request", Kind.LAST_REQUEST, "last request before shutdown"),
          entry("first-liveness-probe", Kind.PROGRAM_REPORT, "first liveness probe"),
          entry("first-readiness-probe", Kind.PROGRAM_REPORT, "first readiness probe"),
          entry("first-startup-probe", Kind.PROGRAM_REPORT, "first startup probe"),
          entry("ready", Kind.PROGRAM_REPORT, "reports ready"),
          entry("not-ready", Kind.PROGRAM_REPORT, "reports not ready"),
          entry("reload", Kind.PROGRAM_REPORT, "reloaded"),
          entry("sigterm", Kind.SIGNAL_ARRIVED, "SIGTERM received"),
          entry("sigint", Kind.SIGNAL_ARRIVED, "SIGINT received"));

  private static Map.Entry<String, Meaning> entry(String event, Kind kind, String text) {
    return Map.entry(event, new Meaning(kind, text));
  }

  /** The stream reports traffic every second. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public String overview() {
    return "/lifecycle";
  }

  @Override
  public List<String> streams() {
    return List.of("/lifecycle?follow");
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public Optional<Instant> now(JsonNode overview) {
    return Report.time(overview, "now");
  }

  @Override
  public boolean isHistory(JsonNode overview, Report report) {
    return false;
  }

  @Override
  public Optional<Report> report(Run run, String stream, ServerSent event) {
    return event.name().equals("event")
        ? Report.parse(event.data()).flatMap(json -> report(run, json))
        : Optional.empty();
  }

  private static Optional<Report> report(Run run, JsonNode json) {
    return Report.time(json, "at")
        .map(
            at -> {
              String event = Report.text(json, "event");
              Meaning meaning = MEANINGS.get(event);
              // A later version can report other events.
              String text = meaning == null ? "reports " + event : meaning.text();
              String detail = Report.text(json, "detail");
              return new Report(
                  meaning == null ? "other" : event,
                  at.toEpochMilli(),
                  Report.observed(
                      run,
                      meaning == null ? Kind.PROGRAM_REPORT : meaning.kind(),
                      at,
                      detail.isEmpty() ? text : text + ": " + detail));
            });
  }
}
