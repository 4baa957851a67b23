package io.podlab.lab.lesson;

import io.podlab.lab.Failure;
import io.podlab.lab.record.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of a lesson.
 *
 * @param reasons why it did not pass; empty if it passed
 * @param promises what verify.sh reported
 */
record Result(
    String lesson,
    Outcome outcome,
    Duration time,
    List<String> reasons,
    List<TapLine.Promise> promises) {
  Result {
    reasons = List.copyOf(reasons);
    promises = List.copyOf(promises);
  }

  static Result skipped(String lesson, Duration time, String reason) {
    return new Result(lesson, Outcome.SKIPPED, time, List.of(reason), List.of());
  }

  static Result failed(String lesson, Duration time, String reason) {
    return new Result(lesson, Outcome.FAILED, time, List.of(reason), List.of());
  }

  /**
   * The result of a lesson that was played to its end.
   *
   * @param problems found before the promises were checked
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
        verification.promises());
  }

  /** The number of promises that hold. */
  int kept() {
    return (int) promises.stream().filter(TapLine.Promise::holds).count();
  }

  /** The number of promises that could not be checked. */
  int skipped() {
    return (int) promises.stream().filter(promise -> promise.skipped().isPresent()).count();
  }

  /** The result in one line. */
  String line() {
    return switch (outcome) {
      case PASSED ->
          "%s passed in %d s: %s%s"
              .formatted(
                  lesson,
                  time.toSeconds(),
                  kept() == 1 ? "1 promise holds" : kept() + " promises hold",
                  skipped() == 0 ? "" : ", " + skipped() + " skipped");
      case FAILED -> "%s failed in %d s: %s".formatted(lesson, time.toSeconds(), why());
      case SKIPPED -> "%s skipped: %s".formatted(lesson, why());
    };
  }

  String why() {
    return String.join("; ", reasons);
  }

  /** 0 only if at least one lesson passed and none failed. */
  static int exitCode(List<Result> results) {
    boolean passed = results.stream().anyMatch(result -> result.outcome() == Outcome.PASSED);
    boolean failed = results.stream().anyMatch(result -> result.outcome() == Outcome.FAILED);
    return passed && !failed ? 0 : Failure.FAILED;
  }
}
