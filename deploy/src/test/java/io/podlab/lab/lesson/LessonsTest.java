package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.lesson.LessonText.Block;
import io.podlab.lab.project.PomVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of the project's lessons without a cluster. */
class LessonsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path LESSONS = ROOT.resolve("lessons");

  static Stream<Lesson> lessons() throws IOException {
    return Catalog.of(LESSONS).lessons().stream();
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void sayTheSameInBothLanguages(Lesson lesson) throws Exception {
    // Given
    LessonText english = lesson.read("en");
    LessonText chinese = lesson.read("zh-CN");

    // Then
    assertThat(blocks(chinese)).isEqualTo(blocks(english)).isNotEmpty();
    assertThat(chinese.minutes()).isEqualTo(english.minutes());
    assertThat(chinese.oldest()).isEqualTo(english.oldest());
    assertThat(chinese.images()).isEqualTo(english.images());
    assertThat(chinese.needs().isEmpty()).isEqualTo(english.needs().isEmpty());
    assertThat(chinese.title()).containsPattern("\\p{IsHan}");
  }

  private static List<Block> blocks(LessonText text) {
    return text.parts().stream().filter(Block.class::isInstance).map(Block.class::cast).toList();
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void haveScriptsThatCanBeRun(Lesson lesson) throws IOException {
    try (Stream<Path> files = Files.list(lesson.folder())) {
      assertThat(files.filter(file -> file.toString().endsWith(".sh")))
          .allMatch(Files::isExecutable)
          .extracting(file -> file.getFileName().toString())
          .contains("verify.sh", "sabotage.sh");
    }
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void useNoImageButOurs(Lesson lesson) throws IOException {
    try (Stream<Path> files = Files.list(lesson.folder())) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file))
            .as("%s", file)
            .doesNotContainPattern(
                "(?m)(^ *(- )?image: *|--image[= ])(?!no-such-image:|podlab/[a-z-]+:"
                    + Pattern.quote(PomVersion.of(ROOT))
                    + "\\b)\\S");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"README.md, lesson.md", "README.zh-CN.md, lesson.zh-CN.md"})
  void areAllListedInTheirReadme(String file, String text) throws IOException {
    String readme = Files.readString(LESSONS.resolve(file));
    assertThat(lessons())
        .isNotEmpty()
        .allSatisfy(
            lesson ->
                assertThat(readme)
                    .contains(
                        "["
                            + lesson.name()
                            + "]("
                            + lesson.folder().getFileName()
                            + "/"
                            + text
                            + ")"));
  }
}
