package io.podlab.board.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.board.moment.Kind;
import io.podlab.board.moment.Observed;
import io.podlab.board.moment.Programs;
import io.podlab.board.moment.Source;
import io.podlab.board.program.EventStream.ServerSent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With what demo-app and probe-target have answered in a cluster. */
class ProgramTest {
  private static final String FOLLOW = "/lifecycle?follow";
  private static final String LIVENESS = "/probes/liveness/history?follow";

  private final Run run =
      new Run("uid", "ns", "pod", "127.0.0.1", "main", "id", "", Programs.DEMO_APP, 8080);
  private final Program demoApp = Program.named(Programs.DEMO_APP);
  private final Program probeTarget = Program.named(Programs.PROBE_TARGET);

  @Test
  void readsTheLifecycleOfDemoApp() {
    assertThat(reports(demoApp, FOLLOW, recorded("demo-app-lifecycle.sse")))
        .extracting(Report::observed)
        .extracting(observed -> observed.kind() + " " + observed.text())
        .containsExactly(
            "PROGRAM_STARTED process started",
            "PROGRAM_LISTENING listening for connections",
            "PROGRAM_REPORT reports ready: since it listens",
            "PROGRAM_REPORT first readiness probe",
            "PROGRAM_REPORT first liveness probe",
            "FIRST_REQUEST first request",
            "HOOK_CALLED preStop hook called: 3s",
            "PROGRAM_REPORT reports not ready: a preStop hook has been called",
            "PROGRAM_REPORT preStop hook finished: the delay is over",
            "SIGNAL_ARRIVED SIGTERM received",
            "LAST_REQUEST last request before shutdown");
  }

  @Test
  void namesPodContainerAndTime() {
    Observed first = reports(demoApp, FOLLOW, recorded("demo-app-lifecycle.sse")).get(0).observed();

    assertThat(first.lane()).isEqualTo("uid");
    assertThat(first.source()).isEqualTo(Source.PROGRAM);
    assertThat(first.container()).contains("main");
    assertThat(first.apiTime()).contains(Instant.parse("2026-11-27T05:50:15.584Z"));
    assertThat(first.approximate()).isFalse();
  }

  @Test
  void readsDemoAppsClock() {
    JsonNode overview = Report.parse(recorded("demo-app-lifecycle.json")).orElseThrow();

    assertThat(demoApp.now(overview)).contains(Instant.parse("2026-11-27T05:51:17.296Z"));
  }

  @Test
  void readsTheProbesOfProbeTarget() {
    // When
    List<Report> reports = reports(probeTarget, LIVENESS, recorded("probe-target-liveness.sse"));

    // Then
    assertThat(reports)
        .extracting(Report::number)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L);
    assertThat(reports.get(2).observed().kind()).isEqualTo(Kind.PROBE_PASSED);
    assertThat(reports.get(3).observed())
        .satisfies(
            refused -> {
              assertThat(refused.kind()).isEqualTo(Kind.PROBE_REFUSED);
              assertThat(refused.count()).isEqualTo(4);
              assertThat(refused.apiTime()).contains(Instant.parse("2026-11-27T06:12:33.819Z"));
              assertThat(refused.text())
                  .isEqualTo("liveness probe 4 by http: fail, 3.000 s after the previous probe");
            });
  }

  @Test
  void distinguishesOldProbesFromNewOnes() {
    // Given
    JsonNode overview = Report.parse(recorded("probe-target-probes.json")).orElseThrow();
    long hits = overview.path("probes").path(0).path("hits").asLong();

    // When
    Report before = probe(hits);
    Report after = probe(hits + 1);

    // Then
    assertThat(probeTarget.isHistory(overview, before)).isTrue();
    assertThat(probeTarget.isHistory(overview, after)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{}",
        "{\"event\":1,\"at\":2}",
        "{\"at\":\"tomorrow\"}",
        "{\"number\":-1,\"at\":\"2026-11-27T05:50:15.584Z\",\"answer\":\"ok\"}"
      })
  void ignoresGarbage(String data) {
    assertThat(probeTarget.report(run, LIVENESS, new ServerSent("message", data))).isEmpty();
    if (!data.contains("2026")) {
      assertThat(demoApp.report(run, FOLLOW, new ServerSent("event", data))).isEmpty();
    }
  }

  @Test
  void limitsAndCleansTextOfAProgram() {
    // When
    Observed observed =
        demoApp
            .report(
                run,
                FOLLOW,
                new ServerSent(
                    "event",
                    "{\"event\":\"\\u001b[2J<b>\",\"at\":\"2026-11-27T05:50:15.584Z\",\"detail\":\""
                        + "y".repeat(5000)
                        + "\"}"))
            .orElseThrow()
            .observed();

    // Then
    assertThat(observed.kind()).isEqualTo(Kind.PROGRAM_REPORT);
    assertThat(observed.text()).startsWith("reports \uFFFD[2J<b>: yyy").hasSizeLessThan(300);
  }

  private Report probe(long number) {
    return probeTarget
        .report(
            run,
            LIVENESS,
            new ServerSent(
                "message",
                "{\"number\":%d,\"at\":\"2026-11-27T05:50:15Z\",\"answer\":\"ok\"}"
                    .formatted(number)))
        .orElseThrow();
  }

  private List<Report> reports(Program program, String stream, String recorded) {
    return new EventStream()
        .feed(recorded.getBytes(StandardCharsets.UTF_8)).stream()
            .map(event -> program.report(run, stream, event))
            .flatMap(Optional::stream)
            .collect(Collectors.toList());
  }

  private static String recorded(String file) {
    try (InputStream in = ProgramTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
