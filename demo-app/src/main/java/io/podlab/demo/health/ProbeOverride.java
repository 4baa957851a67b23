package io.podlab.demo.health;

import io.podlab.demo.parameter.RequestParameter;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A time span in which a probe fails.
 *
 * @param from start of the span
 * @param until end of the span, exclusive
 * @param reason text that the probe returns
 */
record ProbeOverride(Instant from, Instant until, String reason) {
  static final ProbeOverride OK = new ProbeOverride(Instant.MAX, Instant.MAX, "");
  static final Duration LONGEST = Duration.ofHours(24);

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final String FIELD = "body";
  private static final String FAIL_FOR = "fail:";

  static ProbeOverride failAfter(Duration time, Instant start) {
    return new ProbeOverride(
        start.plus(time),
        Instant.MAX,
        "failing since %s after the start (LAB_DEMO_HEALTHZ_FAIL_AFTER)"
            .formatted(GoDuration.format(time)));
  }

  /**
   * @param text {@code ok}, {@code fail} or {@code fail:30s}
   * @throws ProblemException 400 for anything else
   */
  static ProbeOverride parse(String text, Instant now) {
    String value = text.strip();
    if (value.equals("ok")) {
      return OK;
    }
    if (value.equals("fail")) {
      return new ProbeOverride(now, Instant.MAX, "set to fail");
    }
    if (value.startsWith(FAIL_FOR)) {
      Duration time =
          RequestParameter.duration(FIELD, value.substring(FAIL_FOR.length()), SHORTEST, LONGEST);
      return new ProbeOverride(
          now, now.plus(time), "set to fail for %s".formatted(GoDuration.format(time)));
    }
    throw RequestParameter.refused(
        FIELD, value, "is not a valid state", "ok, fail or fail:DURATION such as fail:30s");
  }

  /** The reason for a failure; empty outside the span. */
  Optional<String> reason(Instant now) {
    return now.isBefore(from) || !now.isBefore(until) ? Optional.empty() : Optional.of(reason);
  }
}
