package io.podlab.lab.report;

import java.time.Instant;
import java.util.List;

/**
 * The content of the page.
 *
 * @param cluster its context and address, as text
 * @param kubernetes the version of the API server
 * @param podlab the version of this program
 * @param language of the headings; English if there are none in this language
 * @param lessons those that have ended, in the order of the command line
 */
public record Report(
    String cluster,
    String kubernetes,
    String podlab,
    Instant date,
    String language,
    List<LessonReport> lessons) {
  public Report {
    lessons = List.copyOf(lessons);
  }

  public Report with(List<LessonReport> ended) {
    return new Report(cluster, kubernetes, podlab, date, language, ended);
  }

  /** The page as HTML: one file, without scripts and without other resources. */
  public String html() {
    return new ReportPage(this).html();
  }
}
