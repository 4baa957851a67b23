package io.podlab.demo.health;

import io.podlab.demo.bounds.RequestParameter;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a probe is to say, and when.
 *
 * @param from when it begins to fail
 * @param until when it ends to fail
 * @param reason for a person
 */
record Verdict(Instant from, Instant until, String reason) {
  static final Verdict OK = new Verdict(Instant.MAX, Instant.MAX, "");
  static final Duration LONGEST = Duration.ofHours(24);

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final String FIELD = "body";
  private static final String FAIL_FOR = "fail:";

  static Verdict failAfter(Duration time, Instant start) {
    return new Verdict(
        start.plus(time),
        Instant.MAX,
        "fails since %s after the start, as LAB_DEMO_HEALTHZ_FAIL_AFTER says"
            .formatted(GoDuration.format(time)));
  }

  /**
   * @param text {@code ok}, {@code fail} or {@code fail:30s}
   * @throws ProblemException 400 for anything else
   */
  static Verdict parse(String text, Instant now) {
    String order = text.strip();
    if (order.equals("ok")) {
      return OK;
    }
    if (order.equals("fail")) {
      return new Verdict(now, Instant.MAX, "told to fail");
    }
    if (order.startsWith(FAIL_FOR)) {
      Duration time =
          RequestParameter.duration(FIELD, order.substring(FAIL_FOR.length()), SHORTEST, LONGEST);
      return new Verdict(
          now, now.plus(time), "told to fail for %s".formatted(GoDuration.format(time)));
    }
    throw new ProblemException(
        Problem.badField(
            FIELD, "it is none of the orders", "ok, fail, or fail: and a duration as in fail:30s"));
  }

  /** Empty while all is well. */
  Optional<String> reason(Instant now) {
    return now.isBefore(from) || !now.isBefore(until) ? Optional.empty() : Optional.of(reason);
  }
}
