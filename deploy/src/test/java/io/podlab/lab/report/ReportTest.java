package io.podlab.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.record.Outcome;
import io.podlab.lab.report.LessonReport.Moment;
import io.podlab.lab.report.LessonReport.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
  private static final String HOSTILE = "<script>alert('\"1\"')</script> & \u001b[2J";

  private static Report report(String language, LessonReport... lessons) {
    return new Report(
        "context course at https://192.0.2.1",
        "v1.20.2",
        "1.0.0",
        Instant.parse("2026-11-27T09:10:11Z"),
        language,
        List.of(lessons));
  }

  private static LessonReport lesson(String text, Outcome outcome, Optional<String> picture) {
    return new LessonReport(
        "first",
        text,
        outcome,
        Duration.ofMillis(34_900),
        List.of(text),
        List.of(new Promise(1, outcome, text, text, text)),
        List.of(new Moment(Duration.ofMillis(1_200), text)),
        picture);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          restarted (restarts: 1)            | restarted      | restarts: 1
          has a (small) name (pod web (Ready)) | has a (small) name | pod web (Ready)
          nothing seen                       | nothing seen   | ''
          not closed (x                      | not closed (x  | ''
          unbalanced x)                      | unbalanced x)  | ''
          (only this)                        | (only this)    | ''
          """)
  void separatesThePromiseFromWhatWasSeen(String line, String text, String seen) {
    assertThat(Promise.of(3, Outcome.PASSED, line, ""))
        .isEqualTo(new Promise(3, Outcome.PASSED, text, seen, ""));
  }

  @Test
  void escapesEverything() {
    // Given: two lessons, so that the page has its table.
    LessonReport hostile = lesson(HOSTILE, Outcome.SKIPPED, Optional.of(HOSTILE));
    Report report =
        new Report(HOSTILE, HOSTILE, HOSTILE, Instant.EPOCH, HOSTILE, List.of(hostile, hostile));

    // When
    String html = report.html();

    // Then
    assertThat(html)
        .contains("&lt;script&gt;alert('&quot;1&quot;')&lt;/script&gt; &amp; \uFFFD[2J")
        .doesNotContain("<script", "\u001b", "alert('\"");
  }

  @Test
  void containsThePictureAndLoadsNothing() {
    // When
    String html = report("en", lesson("a", Outcome.PASSED, Optional.of("<svg/>"))).html();

    // Then
    String encoded = Base64.getEncoder().encodeToString("<svg/>".getBytes(StandardCharsets.UTF_8));
    assertThat(html)
        .contains("src=\"data:image/svg+xml;base64," + encoded + "\"", "default-src 'none'")
        .doesNotContain("No picture", "href=\"http", "src=\"http", "url(", "@import");
  }

  @Test
  void saysWhyThereIsNoPicture() {
    assertThat(report("en", lesson("a", Outcome.FAILED, Optional.empty())).html())
        .contains("No picture: there was no board", "--no-moments");
  }

  @Test
  void hasChineseHeadings() {
    assertThat(report("zh-CN", lesson("标题", Outcome.PASSED, Optional.empty())).html())
        .contains("<html lang=\"zh-CN\">", "✓ 通过 · 34 s", "没有图")
        .doesNotContain("No picture", "passed ·");
  }
}
