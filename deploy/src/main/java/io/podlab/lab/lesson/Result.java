package io.podlab.lab.lesson;

import io.podlab.lab.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A lesson that was played.
 *
 * @param reasons why it did not hold; empty if it did
 * @param kept how many promises hold
 * @param skipped how many could not be looked at
 */
record Result(
    String lesson, Outcome outcome, Duration time, List<String> reasons, int kept, int skipped) {
  Result {
    reasons = List.copyOf(reasons);
  }

  static Result skipped(String lesson, Duration time, String reason) {
    return new Result(lesson, Outcome.SKIPPED, time, List.of(reason), 0, 0);
  }

  static Result failed(String lesson, Duration time, String reason) {
    return new Result(lesson, Outcome.FAILED, time, List.of(reason), 0, 0);
  }

  /**
   * Of a lesson that was played to its end.
   *
   * @param problems what was wrong before its promises were looked at
   */
  static Result of(String lesson, Duration time, List<String> problems, Verification verification) {
    List<String> reasons = new ArrayList<>(problems);
    if (verification.outcome() == Outcome.FAILED || problems.isEmpty()) {
      reasons.addAll(verification.reasons());
    }
    return new Result(
        lesson,
        problems.isEmpty() ? verification.outcome() : Outcome.FAILED,
        time,
        reasons,
        verification.kept(),
        verification.skipped());
  }

  /** The verdict, in a line. */
  String line() {
    return switch (outcome) {
      case HELD ->
          "%s held in %d s: %s%s"
              .formatted(
                  lesson,
                  time.toSeconds(),
                  kept == 1 ? "1 promise" : kept + " promises",
                  skipped == 0 ? "" : ", " + skipped + " skipped");
      case FAILED -> "%s failed in %d s: %s".formatted(lesson, time.toSeconds(), why());
      case SKIPPED -> "%s skipped: %s".formatted(lesson, why());
    };
  }

  String why() {
    return String.join("; ", reasons);
  }

  /** 0 only if at least one lesson held and none failed. */
  static int exitCode(List<Result> results) {
    boolean held = results.stream().anyMatch(result -> result.outcome() == Outcome.HELD);
    boolean failed = results.stream().anyMatch(result -> result.outcome() == Outcome.FAILED);
    return held && !failed ? 0 : Failure.FAILED;
  }
}
