package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.lesson.ConsoleLines.Watching;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleLinesTest {
  private static final Masks MASKS = new Masks("x-abcde", "x", List.of());

  private static List<String> lines(String text) {
    return text == null ? List.of() : Arrays.asList(text.split(";"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a;b            | a;b
          a;b            | a;b;;
          pod 12s        | pod   3s
          ...            |
          ...            | a;b
          a;...;d        | a;b;c;d
          a;...;d        | a;d
          ...;d;...      | a;d;d;e
          a;...;b;...;c  | a;b;x;b;c
          x ... y        | x 1 2 y
          (a ... b)*     | (a + b)*
          """)
  void isAsShown(String shown, String printed) {
    assertThat(new ConsoleLines(lines(shown), MASKS).difference(lines(printed))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a;b       | a;c     | expected `b`, got `c`
          a;b       | a       | expected `b`, got no more output
          a         | a;b     | expected no more output, got `b`
          a         |         | expected `a`, got no more output
          a;...;d   | a;b     | expected `d`, got `b`
          b;a       | a;b     | expected `b`, got `a`
          x ... y   | x 1 z   | expected `x ... y`, got `x 1 z`
          a.c       | abc     | expected `a.c`, got `abc`
          """)
  void theFirstDifferenceIsSaidInWords(String shown, String printed, String difference) {
    assertThat(new ConsoleLines(lines(shown), MASKS).difference(lines(printed)))
        .contains(difference);
  }

  @Test
  void aWatchIsOverOnceAllLinesWereThereInTheirOrder() {
    // Given
    Watching watching = new ConsoleLines(List.of("web 0 1s", "...", "web 1 9s"), MASKS).watching();

    // Then
    assertThat(watching.sees("web 1 0s")).isFalse();
    assertThat(watching.sees("web 0 2s")).isFalse();
    assertThat(watching.missing()).contains("web 1 9s");
    assertThat(watching.sees("other")).isFalse();
    assertThat(watching.sees("web 1 20s")).isTrue();
    assertThat(watching.missing()).isEmpty();
  }
}
