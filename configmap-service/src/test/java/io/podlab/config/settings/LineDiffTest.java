package io.podlab.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  private static List<String> shown(String before, String after) {
    return LineDiff.of(before, after).orElseThrow().shown();
  }

  private static String numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }

  @Test
  void showsTheChangedLineAndTwoLinesAroundIt() {
    assertThat(shown("1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\nfour\n5\n6\n7\n"))
        .containsExactly("@@ -2,5 +2,5 @@", " 2", " 3", "-4", "+four", " 5", " 6");
  }

  @Test
  void showsChangesThatAreFarApartInTwoHunks() {
    assertThat(shown(numbers(1, 9), "0\n" + numbers(2, 8) + "10\n"))
        .containsExactly(
            "@@ -1,3 +1,3 @@", "-1", "+0", " 2", " 3", "@@ -7,3 +7,3 @@", " 7", " 8", "-9", "+10");
  }

  @Test
  void findsALineThatMoved() {
    assertThat(shown("a\nb\nc\n", "b\nc\na\n"))
        .containsExactly("@@ -1,3 +1,3 @@", "-a", " b", " c", "+a");
  }

  @Test
  void showsOneLineOfManyThatAreTheSame() {
    assertThat(shown("x\nx\nx\n", "x\nx\n")).containsExactly("@@ -1,3 +1,2 @@", " x", " x", "-x");
  }

  @Test
  void showsALineBreakThatIsNewAtTheEnd() {
    assertThat(shown("a\nb", "a\nb\n"))
        .containsExactly("@@ -1,2 +1,2 @@", " a", "-b", "\\ no line break at the end", "+b");
  }

  @Test
  void showsThatNeitherValueEndsWithALineBreak() {
    assertThat(shown("a\nb", "c\nb"))
        .containsExactly("@@ -1,2 +1,2 @@", "-a", "+c", " b", "\\ no line break at the end");
  }

  @Test
  void showsAllLinesOfAValueThatWasOrBecomesEmpty() {
    assertThat(shown("", "a\nb\n")).containsExactly("@@ -0,0 +1,2 @@", "+a", "+b");
    assertThat(shown("a\nb\n", "")).containsExactly("@@ -1,2 +0,0 @@", "-a", "-b");
  }

  @Test
  void showsChangedLineEnds() {
    assertThat(shown("a\nb\n", "a\r\nb\n"))
        .containsExactly("@@ -1,2 +1,2 @@", "-a", "+a\\u000d", " b");
  }

  @Test
  void showsNothingThatMovesTheCursorOrForgesALine() {
    assertThat(shown("é 🙂\n", "\u001b[2J\u2028\u202e\ttab\n"))
        .containsExactly("@@ -1,1 +1,1 @@", "-é 🙂", "+\\u001b[2J\\u2028\\u202e\ttab");
  }

  @Test
  void cutsLongLinesAndManyLines() {
    // When
    List<String> shown = shown("", "x".repeat(1000) + "\n" + numbers(1, 99));

    // Then
    assertThat(shown).hasSize(LineDiff.MOST_SHOWN);
    assertThat(shown.get(1)).isEqualTo("+" + "x".repeat(200) + "…");
    assertThat(shown.get(LineDiff.MOST_SHOWN - 1)).isEqualTo("… 62 more lines");
  }

  @Test
  void showsTheLastLineThatFits() {
    assertThat(shown("", numbers(1, LineDiff.MOST_SHOWN - 1)))
        .hasSize(LineDiff.MOST_SHOWN)
        .endsWith("+" + (LineDiff.MOST_SHOWN - 1));
    assertThat(shown("", numbers(1, LineDiff.MOST_SHOWN)))
        .hasSize(LineDiff.MOST_SHOWN)
        .endsWith("… 2 more lines");
  }

  @Test
  void comparesOneLineOfALongValue() {
    // Given
    String before = numbers(1, LineDiff.MOST_LINES - 1);

    // When
    LineDiff diff = LineDiff.of(before, before.replace("\n5000\n", "\n5k\n")).orElseThrow();

    // Then
    assertThat(diff.work()).isOne();
    assertThat(diff.shown()).contains("@@ -4998,5 +4998,5 @@", "-5000", "+5k");
  }

  @Test
  void doesNotCompareTooManyLines() {
    assertThat(LineDiff.of("", "\n".repeat(LineDiff.MOST_LINES))).isEmpty();
  }

  /** As the command {@code patch} does. */
  private static String patched(String before, List<String> diff) {
    List<String> result = new ArrayList<>(List.of(before.split("(?<=\n)")));
    result.remove("");
    Matcher header = Pattern.compile("@@ -(\\d+),(\\d+) \\+(\\d+),(\\d+) @@").matcher("");
    int at = 0;
    for (String line : diff) {
      if (header.reset(line).matches()) {
        at = Integer.parseInt(header.group(3)) - (header.group(4).equals("0") ? 0 : 1);
      } else if (line.startsWith("-")) {
        assertThat(result.remove(at).stripTrailing()).isEqualTo(line.substring(1));
      } else if (line.startsWith("+")) {
        result.add(at++, line.substring(1) + "\n");
      } else {
        assertThat(result.get(at++).stripTrailing()).isEqualTo(line.substring(1));
      }
    }
    return String.join("", result);
  }

  @Test
  void leadsFromTheOldValueToTheNewOne() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      String before = random(random);
      String after = random(random);
      assertThat(patched(before, shown(before, after)))
          .as("%s to %s", before, after)
          .isEqualTo(after);
    }
  }

  private static String random(Random random) {
    return random
        .ints(random.nextInt(16), 'a', 'd')
        .mapToObj(line -> (char) line + "\n")
        .collect(Collectors.joining());
  }
}
