package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.lesson.LessonText.Block;
import io.podlab.lab.project.PomVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** The agendas are below the last heading of the second level, half a day first. */
  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void areInTheAgendasOfTheTrainersDay(String file) throws Exception {
    // Given
    String readme = Files.readString(LESSONS.resolve(file));
    String[] days = readme.substring(readme.lastIndexOf("\n## ")).split("\n### ");
    Map<String, Integer> minutes = new HashMap<>();
    for (Lesson lesson : lessons().toList()) {
      minutes.put(lesson.name(), lesson.read("en").minutes());
    }

    // Then
    List<String> halfDay = played(days[1], minutes);
    assertThat(halfDay).doesNotHaveDuplicates();
    assertThat(readme).contains(" " + halfDay.size() + " ");
    assertThat(played(days[2], minutes)).containsExactlyInAnyOrderElementsOf(minutes.keySet());
  }

  /** The lessons of an agenda. Each must exist, and each row must have the sum of the minutes. */
  private static List<String> played(String agenda, Map<String, Integer> minutes) {
    List<String> played = new ArrayList<>();
    for (String row : agenda.lines().filter(line -> line.matches("\\| \\d\\d:.*")).toList()) {
      List<String> names =
          Pattern.compile("`([^`]+)`").matcher(row).results().map(name -> name.group(1)).toList();
      assertThat(minutes.keySet()).containsAll(names);
      if (!names.isEmpty()) {
        assertThat(row).endsWith("| " + names.stream().mapToInt(minutes::get).sum() + " |");
      }
      played.addAll(names);
    }
    return played;
  }
}
