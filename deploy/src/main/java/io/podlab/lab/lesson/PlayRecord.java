package io.podlab.lab.lesson;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.record.Outcome;
import io.podlab.lab.record.RecordFile;
import io.podlab.lab.record.RecordedResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The student's record on the cluster of a context. No error of the record stops a command. */
record PlayRecord(RecordFile file, ClusterIdentity cluster, Console console) {
  /** The list of the lessons must not wait for a cluster. */
  private static final Duration FOR_THE_LIST = Duration.ofSeconds(2);

  private static final Duration FOR_A_PLAY = Duration.ofSeconds(10);

  /**
   * The results on one cluster.
   *
   * @param ofLessons the last result of each lesson, such as {@code passed 2026-11-27}
   * @param note which cluster this is, or why there are no results; empty if nothing was recorded
   */
  record LastResults(Map<String, String> ofLessons, Optional<String> note) {}

  LastResults lastResults() throws InterruptedException {
    List<RecordedResult> results = read();
    if (results.isEmpty()) {
      // The list does not need a cluster.
      return new LastResults(Map.of(), Optional.empty());
    }
    Optional<String> here = cluster.read(FOR_THE_LIST);
    if (here.isEmpty()) {
      return new LastResults(
          Map.of(),
          Optional.of(
              "the last results are not shown, because the cluster did not answer within "
                  + FOR_THE_LIST.toSeconds()
                  + " seconds"));
    }
    Map<String, RecordedResult> last = new HashMap<>();
    for (RecordedResult result : results) {
      if (result.cluster().equals(here.get())) {
        last.merge(result.lesson(), result, PlayRecord::later);
      }
    }
    Map<String, String> shown = new HashMap<>();
    last.forEach(
        (lesson, result) ->
            shown.put(
                lesson,
                result.outcome()
                    + " "
                    + LocalDate.ofInstant(result.time(), ZoneId.systemDefault())));
    String where = cluster.kubectl().where();
    return new LastResults(
        shown,
        Optional.of(
            shown.isEmpty()
                ? "no lesson was played on " + where + " yet"
                : "LAST RESULT is for " + where));
  }

  /** A lesson that was skipped was not played, so it does not hide the result of a play. */
  private static RecordedResult later(RecordedResult before, RecordedResult after) {
    return after.outcome() == Outcome.SKIPPED && before.outcome() != Outcome.SKIPPED
        ? before
        : after;
  }

  private List<RecordedResult> read() {
    try {
      RecordFile.Content content = file.read();
      if (!content.damaged().isEmpty()) {
        int lines = content.damaged().size();
        console.say(
            (lines == 1 ? "1 line of the record " : lines + " lines of the record ")
                + file.path()
                + " cannot be read; the first is line "
                + content.damaged().get(0)
                + (lines == 1 ? "; delete it" : "; delete these lines")
                + " to remove this warning");
      }
      return content.results();
    } catch (IOException e) {
      console.say("cannot read the record " + file.path() + ": " + Failure.reason(e));
      return List.of();
    }
  }

  /** Finds out which cluster this is. Returns what adds a result to the record. */
  Consumer<Result> ofRun() throws InterruptedException {
    Optional<String> here = cluster.read(FOR_A_PLAY);
    if (here.isEmpty()) {
      console.say(
          "the results are not recorded, because the cluster cannot be identified (kubectl could"
              + " not read the namespace kube-system)");
      return result -> {};
    }
    return result -> add(result, here.get());
  }

  private void add(Result result, String here) {
    try {
      file.add(new RecordedResult(Instant.now(), result.lesson(), result.outcome(), here));
    } catch (IOException e) {
      console.say("cannot write the record " + file.path() + ": " + Failure.reason(e));
    }
  }
}
