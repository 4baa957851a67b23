package io.podlab.lab.report;

import io.podlab.lab.record.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes a report as HTML. A picture is an image with a data URL: in an image, the styles and the
 * IDs of one picture do not affect another, and nothing in it can run.
 */
final class ReportPage {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx");

  private final Report report;
  private final Words words;
  private final StringBuilder html = new StringBuilder();

  ReportPage(Report report) {
    this.report = report;
    this.words = Words.of(report.language());
  }

  String html() {
    line("<!doctype html>");
    line("<html lang=\"%s\">", words.tag());
    line("<meta charset=\"utf-8\">");
    line(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
            + " 'unsafe-inline'; img-src data:\">");
    line("<meta name=\"viewport\" content=\"width=device-width\">");
    line("<title>%s, %s</title>", words.title(), date());
    html.append("<style>\n").append(style()).append("</style>\n");
    line("<h1>%s</h1>", words.title());
    head();
    if (report.lessons().isEmpty()) {
      line("<p>%s</p>", words.none());
    } else if (report.lessons().size() > 1) {
      table();
    }
    report.lessons().forEach(this::lesson);
    return html.append("</html>\n").toString();
  }

  private void head() {
    line("<dl>");
    entry(words.cluster(), report.cluster());
    entry("Kubernetes", report.kubernetes());
    entry("Podlab", report.podlab());
    entry(words.date(), date());
    entry(
        words.results(),
        Arrays.stream(Outcome.values())
            .filter(outcome -> count(outcome) > 0)
            .map(outcome -> count(outcome) + " " + words.of(outcome))
            .collect(Collectors.joining(", ")));
    line("</dl>");
  }

  private long count(Outcome outcome) {
    return report.lessons().stream().filter(lesson -> lesson.outcome() == outcome).count();
  }

  /** In local time, because a student compares it with a clock. */
  private String date() {
    return DATE.withZone(ZoneId.systemDefault()).format(report.date());
  }

  private void entry(String name, String value) {
    if (!value.isEmpty()) {
      line("<div><dt>%s</dt><dd>%s</dd></div>", name, value);
    }
  }

  private void table() {
    line("<table>");
    line(
        "<thead><tr><th>%s<th>%s<th class=\"number\">%s<th class=\"number\">%s</tr></thead>",
        words.lesson(), words.result(), words.promises(), words.seconds());
    for (LessonReport lesson : report.lessons()) {
      line(
          "<tr><td><a href=\"#%s\">%s</a><td class=\"%s\">%s %s<td class=\"number\">%s<td"
              + " class=\"number\">%s</tr>",
          lesson.name(),
          lesson.title(),
          lesson.outcome(),
          mark(lesson.outcome()),
          words.of(lesson.outcome()),
          lesson.promises().isEmpty() ? "" : held(lesson) + "/" + lesson.promises().size(),
          lesson.time().toSeconds());
    }
    line("</table>");
  }

  private static long held(LessonReport lesson) {
    return lesson.promises().stream()
        .filter(promise -> promise.outcome() == Outcome.PASSED)
        .count();
  }

  private void lesson(LessonReport lesson) {
    line("<section id=\"%s\">", lesson.name());
    line("<h2>%s <code>%s</code></h2>", lesson.title(), lesson.name());
    line(
        "<p class=\"outcome %s\">%s %s · %s s</p>",
        lesson.outcome(),
        mark(lesson.outcome()),
        words.of(lesson.outcome()),
        lesson.time().toSeconds());
    if (!lesson.reasons().isEmpty()) {
      line("<ul class=\"reasons\" lang=\"en\">");
      lesson.reasons().forEach(reason -> line("<li>%s</li>", reason));
      line("</ul>");
    }
    if (!lesson.promises().isEmpty()) {
      line("<h3>%s</h3>", words.promises());
      line("<ol class=\"promises\">");
      lesson.promises().forEach(this::promise);
      line("</ol>");
    }
    timeline(lesson);
    line("</section>");
  }

  private void promise(LessonReport.Promise promise) {
    line(
        "<li value=\"%s\" class=\"%s\"><span class=\"verdict\">%s %s</span>",
        promise.number(),
        promise.outcome(),
        mark(promise.outcome()),
        words.ofPromise(promise.outcome()));
    line("<span lang=\"en\">%s</span>", promise.text());
    if (promise.outcome() == Outcome.SKIPPED) {
      line("<p lang=\"en\">%s</p>", promise.reason());
    } else if (!promise.seen().isEmpty()) {
      line("<p>%s: <samp lang=\"en\">%s</samp></p>", words.seen(), promise.seen());
    }
    line("</li>");
  }

  private void timeline(LessonReport lesson) {
    if (lesson.outcome() == Outcome.SKIPPED && lesson.picture().isEmpty()) {
      return;
    }
    if (lesson.picture().isEmpty()) {
      line("<p class=\"quiet\">%s</p>", words.noPicture());
    } else {
      byte[] svg = lesson.picture().get().getBytes(StandardCharsets.UTF_8);
      line(
          "<figure><div tabindex=\"0\" role=\"group\" aria-label=\"%s\"><img alt=\"%s\""
              + " src=\"data:image/svg+xml;base64,%s\"></div><figcaption>%s</figcaption></figure>",
          lesson.title(),
          words.picture(),
          Base64.getEncoder().encodeToString(svg),
          words.picture());
    }
    if (!lesson.moments().isEmpty()) {
      line(
          "<details><summary>%s: %s</summary><table class=\"moments\" lang=\"en\">",
          words.moments(), lesson.moments().size());
      lesson
          .moments()
          .forEach(
              moment ->
                  line(
                      "<tr><td class=\"number\">%s<td>%s</tr>",
                      String.format(Locale.ROOT, "+%.1f s", moment.at().toMillis() / 1000.0),
                      moment.text()));
      line("</table></details>");
    }
  }

  private static String mark(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> "✓";
      case FAILED -> "✗";
      case SKIPPED -> "–";
    };
  }

  /** Appends a line of HTML. Escapes all values. */
  private void line(String template, Object... values) {
    Object[] escaped = Arrays.stream(values).map(value -> escaped(String.valueOf(value))).toArray();
    html.append(String.format(Locale.ROOT, template, escaped)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replaceAll("[\\p{Cntrl}&&[^\\t\\n]]", "\uFFFD");
  }

  private static String style() {
    try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
