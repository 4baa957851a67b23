package io.podlab.lab.lesson;

import io.podlab.lab.lesson.TapLine.BailOut;
import io.podlab.lab.lesson.TapLine.Plan;
import io.podlab.lab.lesson.TapLine.Promise;
import io.podlab.lab.record.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result of a verify.sh.
 *
 * @param reasons why it is not {@code PASSED}; then at least one
 * @param promises those that it printed
 */
record Verification(Outcome outcome, List<String> reasons, List<Promise> promises) {
  private static final String NO_REASON = "no reason given";

  Verification {
    reasons = List.copyOf(reasons);
    promises = List.copyOf(promises);
  }

  static Verification of(List<TapLine> lines, int exitCode) {
    List<Promise> promises = only(Promise.class, lines);
    List<Plan> plans = only(Plan.class, lines);
    Optional<BailOut> bailOut = only(BailOut.class, lines).stream().findFirst();

    List<String> problems = broken(promises);
    if (bailOut.isPresent()) {
      problems.add(said(bailOut.get().reason()));
    } else {
      planProblem(plans, promises.size()).ifPresent(problems::add);
    }
    if (exitCode != 0 && problems.isEmpty()) {
      problems.add(
          "verify.sh failed with exit code " + exitCode + " but reported no broken promise");
    }
    if (!problems.isEmpty()) {
      return new Verification(Outcome.FAILED, problems, promises);
    }
    if (promises.stream().noneMatch(Promise::holds)) {
      return new Verification(Outcome.SKIPPED, whySkipped(plans, promises), promises);
    }
    return new Verification(Outcome.PASSED, List.of(), promises);
  }

  /** The result of a verify.sh that exceeded its time limit. */
  static Verification late(List<TapLine> lines, Duration limit) {
    List<Promise> promises = only(Promise.class, lines);
    List<String> problems = broken(promises);
    problems.add("verify.sh timed out after " + limit.toSeconds() + " s");
    return new Verification(Outcome.FAILED, problems, promises);
  }

  private static List<String> broken(List<Promise> promises) {
    List<String> problems = new ArrayList<>();
    for (int index = 0; index < promises.size(); index++) {
      Promise promise = promises.get(index);
      if (!promise.kept() && promise.skipped().isEmpty()) {
        problems.add("promise " + promise.number().orElse(index + 1) + ": " + promise.text());
      }
    }
    return problems;
  }

  private static Optional<String> planProblem(List<Plan> plans, int stated) {
    if (plans.isEmpty()) {
      return Optional.of("verify.sh printed no number of promises; print a line such as 1..3");
    }
    Plan plan = plans.get(0);
    if (plans.size() > 1) {
      return Optional.of("verify.sh printed the number of promises more than once");
    }
    if (plan.count() != stated) {
      return Optional.of(
          "verify.sh announced "
              + (plan.count() == 1 ? "1 promise" : plan.count() + " promises")
              + " but reported "
              + stated);
    }
    if (plan.count() == 0 && plan.skipped().isEmpty()) {
      return Optional.of("verify.sh reported no promise");
    }
    return Optional.empty();
  }

  private static List<String> whySkipped(List<Plan> plans, List<Promise> promises) {
    return promises.isEmpty()
        ? List.of(said(plans.get(0).skipped().orElse("")))
        : List.of(
            promises.stream()
                .map(promise -> said(promise.skipped().orElse("")))
                .distinct()
                .collect(Collectors.joining("; ")));
  }

  private static String said(String reason) {
    return reason.isBlank() ? NO_REASON : reason.strip();
  }

  private static <T extends TapLine> List<T> only(Class<T> type, List<TapLine> lines) {
    return lines.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
