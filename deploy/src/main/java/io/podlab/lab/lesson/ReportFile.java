package io.podlab.lab.lesson;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.record.Outcome;
import io.podlab.lab.report.LessonReport;
import io.podlab.lab.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file of {@code --report}. It is replaced after each lesson, so neither Ctrl-C nor a full disk
 * loses the lessons before.
 */
final class ReportFile {
  private final Path file;
  private final Report empty;
  private final List<Lesson> order;
  private final Console console;
  private final Map<Lesson, LessonReport> ended = new ConcurrentHashMap<>();

  /**
   * @param empty the report without lessons
   * @param order the lessons of the run
   */
  ReportFile(Path file, Report empty, List<Lesson> order, Console console) {
    this.file = file;
    this.empty = empty;
    this.order = List.copyOf(order);
    this.console = console;
  }

  /**
   * Writes the report before the first lesson, so that a wrong name is an error at once.
   *
   * @throws Failure (failed) if the file cannot be written
   */
  void begin() {
    try {
      write();
    } catch (IOException e) {
      throw Failure.failed("cannot write the report " + file + ": " + Failure.reason(e));
    }
  }

  void add(PlayedLesson played) {
    ended.put(played.lesson(), lesson(played));
    try {
      write();
    } catch (IOException e) {
      console.say("cannot write the report " + file + ": " + Failure.reason(e));
    }
  }

  private synchronized void write() throws IOException {
    List<LessonReport> lessons = order.stream().map(ended::get).filter(Objects::nonNull).toList();
    Path next = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(next, empty.with(lessons).html(), StandardCharsets.UTF_8);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private static LessonReport lesson(PlayedLesson played) {
    Result result = played.result();
    List<LessonReport.Promise> promises = new ArrayList<>();
    for (TapLine.Promise promise : result.promises()) {
      promises.add(
          LessonReport.Promise.of(
              promise.number().orElse(promises.size() + 1),
              outcome(promise),
              promise.text(),
              promise.skipped().orElse("")));
    }
    return new LessonReport(
        result.lesson(),
        played.title(),
        result.outcome(),
        result.time(),
        reasons(result),
        promises,
        played.moments(),
        played.picture());
  }

  /** Without the broken promises, which have their own place. */
  private static List<String> reasons(Result result) {
    List<String> broken =
        result.promises().stream()
            .filter(promise -> !promise.kept())
            .map(promise -> ": " + promise.text())
            .toList();
    return result.reasons().stream()
        .filter(
            reason -> !reason.startsWith("promise ") || broken.stream().noneMatch(reason::endsWith))
        .toList();
  }

  private static Outcome outcome(TapLine.Promise promise) {
    return promise.skipped().isPresent()
        ? Outcome.SKIPPED
        : promise.kept() ? Outcome.PASSED : Outcome.FAILED;
  }
}
