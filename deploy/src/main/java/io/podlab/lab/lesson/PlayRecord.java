package io.podlab.lab.lesson;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
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
   * The last result of each lesson, such as {@code passed 2026-11-27}.
   *
   * @return empty if nothing was played on this cluster, or if it does not answer quickly
   */
  Map<String, String> lastResults() throws InterruptedException {
    List<RecordedResult> results = read();
    // Without results, the list does not need a cluster.
    Optional<String> here = results.isEmpty() ? Optional.empty() : cluster.read(FOR_THE_LIST);
    Map<String, String> last = new HashMap<>();
    for (RecordedResult result : results) {
      if (here.filter(result.cluster()::equals).isPresent()) {
        LocalDate day = LocalDate.ofInstant(result.time(), ZoneId.systemDefault());
        last.put(result.lesson(), result.outcome() + " " + day);
      }
    }
    return last;
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
                + "; delete what is damaged to remove this warning");
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
      console.say("the results are not recorded, because the cluster cannot be identified");
      return result -> {};
    }
    String where = cluster.kubectl().where();
    return result -> add(result, here.get(), where);
  }

  private void add(Result result, String here, String where) {
    try {
      file.add(new RecordedResult(Instant.now(), result.lesson(), result.outcome(), here, where));
    } catch (IOException e) {
      console.say("cannot write the record " + file.path() + ": " + Failure.reason(e));
    }
  }
}
