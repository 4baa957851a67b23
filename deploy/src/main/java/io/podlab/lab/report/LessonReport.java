package io.podlab.lab.report;

import io.podlab.lab.record.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the page says about a lesson.
 *
 * @param reasons why it did not pass; empty if it passed
 * @param picture the board's timeline as a standalone SVG; empty without a board
 */
public record LessonReport(
    String name,
    String title,
    Outcome outcome,
    Duration time,
    List<String> reasons,
    List<Promise> promises,
    List<Moment> moments,
    Optional<String> picture) {
  public LessonReport {
    reasons = List.copyOf(reasons);
    promises = List.copyOf(promises);
    moments = List.copyOf(moments);
  }

  /**
   * A promise of a lesson.
   *
   * @param outcome skipped if it could not be checked
   * @param seen what was observed; empty if the lesson did not say
   * @param reason why it was skipped; otherwise empty
   */
  public record Promise(int number, Outcome outcome, String text, String seen, String reason) {
    /**
     * Separates what was observed, which lessons print in parentheses at the end.
     *
     * @param line for example {@code the container was restarted (restarts: 1)}
     */
    public static Promise of(int number, Outcome outcome, String line, String reason) {
      int open = opening(line);
      return open < 1
          ? new Promise(number, outcome, line, "", reason)
          : new Promise(
              number,
              outcome,
              line.substring(0, open).strip(),
              line.substring(open + 1, line.length() - 1),
              reason);
    }

    /** The index of the parenthesis that the last character closes; -1 if there is none. */
    private static int opening(String line) {
      int depth = 0;
      for (int i = line.length() - 1; i >= 0 && line.endsWith(")"); i--) {
        depth += line.charAt(i) == ')' ? 1 : line.charAt(i) == '(' ? -1 : 0;
        if (depth == 0) {
          return i;
        }
      }
      return -1;
    }
  }

  /**
   * A change in the cluster.
   *
   * @param at the time since the start of the play
   */
  public record Moment(Duration at, String text) {}
}
