package io.podlab.lab.lesson;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of the Test Anything Protocol (https://testanything.org), as verify.sh prints it. */
sealed interface TapLine {
  Pattern PLAN = Pattern.compile("1\\.\\.(\\d{1,6})\\s*(?:#\\s*(?i:skip)\\S*\\s*(.*))?");
  Pattern PROMISE =
      Pattern.compile(
          "(not )?ok\\b\\s*(\\d{1,6})?\\s*(?:-\\s*)?(.*?)(?:\\s*#\\s*(?i:skip)\\S*\\s*(.*))?");
  Pattern BAIL_OUT = Pattern.compile("Bail out!\\s*(.*)");

  /** The number of promises. With 0 it can have the reason why all are skipped. */
  record Plan(int count, Optional<String> skipped) implements TapLine {}

  /**
   * One promise.
   *
   * @param text the promise, and what was observed
   * @param skipped why it could not be checked; then {@code kept} has no meaning
   */
  record Promise(boolean kept, OptionalInt number, String text, Optional<String> skipped)
      implements TapLine {
    /** True if it was checked and is kept. */
    boolean holds() {
      return kept && skipped.isEmpty();
    }
  }

  /** The script gave up early. */
  record BailOut(String reason) implements TapLine {}

  /** Any other line. */
  record Other(String text) implements TapLine {}

  static TapLine of(String line) {
    Matcher plan = PLAN.matcher(line);
    if (plan.matches()) {
      return new Plan(Integer.parseInt(plan.group(1)), Optional.ofNullable(plan.group(2)));
    }
    Matcher promise = PROMISE.matcher(line);
    if (promise.matches()) {
      return new Promise(
          promise.group(1) == null,
          promise.group(2) == null
              ? OptionalInt.empty()
              : OptionalInt.of(Integer.parseInt(promise.group(2))),
          promise.group(3),
          Optional.ofNullable(promise.group(4)));
    }
    Matcher bailOut = BAIL_OUT.matcher(line);
    return bailOut.matches() ? new BailOut(bailOut.group(1)) : new Other(line);
  }
}
