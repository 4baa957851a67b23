package io.podlab.lab.lesson;

import io.podlab.lab.console.Console;
import io.podlab.lab.console.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The output of a play. Several threads may write, and lines do not mix. */
final class Transcript {
  private static final int LATE_SECONDS = 3;

  private final Console console;
  private final Instant start;

  /** Whether the previous line is blank, to avoid two blank lines. */
  private boolean blank = true;

  Transcript(Console console, Instant start) {
    this.console = console;
    this.start = start;
  }

  Duration elapsed() {
    return Duration.between(start, Instant.now());
  }

  /** The time from the start of the play to a moment; zero for an earlier moment. */
  Duration since(Instant time) {
    return time.isBefore(start) ? Duration.ZERO : Duration.between(start, time);
  }

  synchronized void title(Lesson lesson, LessonText text) {
    print(Style.BOLD, text.title() + " (" + lesson.name() + ")");
  }

  synchronized void prose(List<String> lines) {
    blank();
    lines.forEach(line -> print(line.startsWith("#") ? Style.BOLD : Style.DIM, line));
    blank();
  }

  synchronized void command(String command) {
    print(Style.BOLD, "$ " + command);
  }

  synchronized void output(String line) {
    console.print(line);
    blank = false;
  }

  /**
   * Prints a moment. Adds the delay if Kubernetes reported it late, as with the end of a container.
   */
  synchronized void moment(MomentFeed.Line moment) {
    long late = Duration.between(moment.time(), Instant.now()).toSeconds();
    print(
        Style.CYAN,
        String.format(
            Locale.ROOT,
            "  %+.1f s  %s%s",
            since(moment.time()).toMillis() / 1000.0,
            moment.text(),
            late < LATE_SECONDS ? "" : " (reported " + late + " s later)"));
  }

  synchronized void promise(TapLine.Promise promise, int number) {
    String text = "promise " + promise.number().orElse(number) + ": " + promise.text();
    if (promise.skipped().isPresent()) {
      print(Style.YELLOW, "- " + text + " (skipped: " + promise.skipped().get() + ")");
    } else {
      print(
          promise.kept() ? Style.GREEN : Style.RED,
          (promise.kept() ? "\u2713 " : "\u2717 ") + text);
    }
  }

  synchronized void problem(String text) {
    print(Style.RED, "! " + text);
  }

  synchronized void verdict(Result result) {
    blank();
    print(
        switch (result.outcome()) {
          case PASSED -> Style.GREEN;
          case FAILED -> Style.RED;
          case SKIPPED -> Style.YELLOW;
        },
        result.line());
  }

  synchronized void blank() {
    if (!blank) {
      print(Style.DIM, "");
    }
  }

  private void print(Style style, String line) {
    if (line.isBlank() && blank) {
      return;
    }
    // A command can have several lines; each gets the style.
    line.lines().forEach(part -> console.print(style, part));
    if (line.isEmpty()) {
      console.print("");
    }
    blank = line.isBlank();
  }
}
