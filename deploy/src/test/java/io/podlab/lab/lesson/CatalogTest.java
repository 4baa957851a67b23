package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podlab.lab.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
  @TempDir Path root;
  private Catalog catalog;

  @BeforeEach
  void threeLessons() throws Exception {
    new LessonFolder(root, "20-liveness-http").with("lesson.zh-CN.md", LessonFolder.text("标题"));
    new LessonFolder(root, "03-service-endpoints")
        .with(
            "lesson.md", LessonFolder.text("Title").replace("images:", "needs: openssl\nimages:"));
    new LessonFolder(root, "99-broken").with("lesson.md", "# No front matter\n");
    Files.createDirectories(root.resolve("50-no-lesson"));
    catalog = Catalog.of(root);
  }

  @Test
  void listsThemInTheirOrderWithWhatTheyNeed() throws Exception {
    assertThat(catalog.rows("en", Map.of()))
        .containsExactly(
            List.of("NAME", "TITLE", "MINUTES", "NEEDS"),
            List.of("service-endpoints", "Title", "1", "Kubernetes 1.20, probe-target, openssl"),
            List.of("liveness-http", "Title", "1", "Kubernetes 1.20, probe-target"),
            List.of(
                "broken",
                "invalid: lesson.md: the front matter is missing; start the file with a line ---",
                "",
                ""));
  }

  @Test
  void aColumnHasTheLastResults() throws Exception {
    assertThat(catalog.rows("en", Map.of("liveness-http", "passed 2026-11-27")))
        .extracting(row -> row.get(3))
        .containsExactly("LAST RESULT", "", "passed 2026-11-27", "");
  }

  @Test
  void listsTheTitlesOfAnotherLanguageWhereThereIsOne() throws Exception {
    assertThat(catalog.rows("zh-CN", Map.of()))
        .extracting(row -> row.get(1))
        .contains("标题", "Title");
  }

  @ParameterizedTest
  @ValueSource(strings = {"liveness-http", "20-liveness-http"})
  void findsOneWithItsNumberOrWithout(String wanted) {
    assertThat(catalog.find(wanted)).isEqualTo(Lesson.in(root.resolve("20-liveness-http")));
  }

  @Test
  void findsOneInAFolder() {
    // Given
    String folder = root.resolve("20-liveness-http").toString();

    // Then
    assertThat(new Catalog(root, List.of()).find(folder).name()).isEqualTo("liveness-http");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http          | no lesson named 'http' (did you mean liveness-http?); `lab play` lists all lessons
          endpoints     | no lesson named 'endpoints' (did you mean service-endpoints?); `lab play` lists all lessons
          xyz           | no lesson named 'xyz'; `lab play` lists all lessons
          ./nothing     | no lesson in directory './nothing'; a lesson has a file lesson.md
          """)
  void anUnknownOneIsAnsweredWithThoseThatContainIt(String wanted, String message) {
    // When
    Failure failure = catchThrowableOfType(Failure.class, () -> catalog.find(wanted));

    // Then
    assertThat(failure).hasMessage(message);
    assertThat(failure.exitCode()).isEqualTo(Failure.MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fr", "../../x"})
  void anUnknownLanguageIsAnsweredWithThoseThatThereAre(String language) {
    // When
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> Catalog.requireLanguage(language, List.of(catalog.find("liveness-http"))));

    // Then
    assertThat(failure).hasMessageEndingWith("liveness-http; use en or zh-CN");
    assertThat(failure.exitCode()).isEqualTo(Failure.USAGE);
  }
}
