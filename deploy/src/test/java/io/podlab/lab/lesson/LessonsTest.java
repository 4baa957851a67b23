package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.lesson.LessonText.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of the lessons without a cluster. */
class LessonsTest {
  private static final Path FOLDER = Path.of("").toAbsolutePath().resolveSibling("lessons");

  static List<Lesson> lessons() throws IOException {
    return Catalog.of(FOLDER).lessons();
  }

  private static List<Block> blocks(LessonText text) {
    return text.parts().stream()
        .flatMap(part -> part instanceof Block block ? Stream.of(block) : Stream.of())
        .toList();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("lessons")
  void holdsTheSameBlocksInBothLanguages(Lesson lesson) throws Exception {
    // When
    LessonText english = lesson.read(Lesson.ENGLISH);
    LessonText chinese = lesson.read("zh-CN");

    // Then
    assertThat(blocks(chinese)).isNotEmpty().isEqualTo(blocks(english));
    assertThat(chinese.images()).isEqualTo(english.images());
    assertThat(chinese.oldest()).isEqualTo(english.oldest());
    assertThat(chinese.minutes()).isEqualTo(english.minutes());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("lessons")
  void hasItsScripts(Lesson lesson) {
    for (String script : List.of("verify.sh", "sabotage.sh")) {
      assertThat(lesson.folder().resolve(script)).isExecutable();
    }
  }
}
