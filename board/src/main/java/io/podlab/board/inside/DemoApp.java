package io.podlab.board.inside;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.board.inside.EventStream.ServerSent;
import io.podlab.board.moment.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * demo-app's {@code /lifecycle}: as JSON it says what time it is, as a stream it begins with all
 * that has happened, and tells of its traffic every second, which is not a moment.
 */
final class DemoApp implements Program {
  private record Meaning(Kind kind, String text) {}

  private static final Map<String, Meaning> MEANINGS =
      Map.ofEntries(
          entry("process-start", Kind.PROGRAM_STARTED, "the process started"),
          entry("listening", Kind.PROGRAM_LISTENING, "listens for connections"),
          entry("post-start", Kind.HOOK_CALLED, "postStart hook called"),
          entry("pre-stop-begin", Kind.HOOK_CALLED, "preStop hook called"),
          entry("pre-stop-end", Kind.PROGRAM_REPORT, "preStop hook answered"),
          entry("first-request", Kind.FIRST_REQUEST, "first request"),
          entry("last-request", Kind.LAST_REQUEST, "last request before the end"),
          entry("first-liveness-probe", Kind.PROGRAM_REPORT, "first liveness probe"),
          entry("first-readiness-probe", Kind.PROGRAM_REPORT, "first readiness probe"),
          entry("first-startup-probe", Kind.PROGRAM_REPORT, "first startup probe"),
          entry("ready", Kind.PROGRAM_REPORT, "says that it is ready"),
          entry("not-ready", Kind.PROGRAM_REPORT, "says that it is not ready"),
          entry("reload", Kind.PROGRAM_REPORT, "reloaded"),
          entry("sigterm", Kind.SIGNAL_ARRIVED, "SIGTERM arrived"),
          entry("sigint", Kind.SIGNAL_ARRIVED, "SIGINT arrived"));

  private static Map.Entry<String, Meaning> entry(String event, Kind kind, String text) {
    return Map.entry(event, new Meaning(kind, text));
  }

  /** Its traffic comes each second. */
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
              // What a later version may report.
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
