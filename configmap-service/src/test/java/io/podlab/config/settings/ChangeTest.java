package io.podlab.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTest {
  @Test
  void tellsWhatIsNewWhatIsGoneAndWhatIsOther() {
    assertThat(
            Change.between(
                new TreeMap<>(Map.of("a", "1", "b", "2", "same", "x")),
                new TreeMap<>(Map.of("b", "3\n4", "c", "5", "same", "x"))))
        .extracting(Change::sentence)
        .containsExactly("- a: 1", "b: 2 -> 3 4", "+ c: 5");
  }

  /** PrintableTest of the kit tests all such characters. */
  @ParameterizedTest
  @CsvSource({
    "'\u001b', \\u001b",
    "'\u202e', \\u202e",
    "'\u2028', \\u2028",
    "'\n', \\u000a",
    "'\u0085', \\u0085"
  })
  void showsNothingThatMovesTheCursorOrForgesALine(String character, String escaped) {
    // Given
    String text = "a" + character + "b";

    // When, Then
    assertThat(new Change(text, Optional.of(text), Optional.of(text)).sentence())
        .doesNotContain(character);
    assertThat(KeyError.of("a", text, "b").sentence())
        .isEqualTo("a is invalid: 'a%sb' is b".formatted(escaped));
    assertThat(KeyError.of(text, "a", text).sentence()).doesNotContain(character);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `red `  | 'red '
          'red'   | '\\'red\\''
          "red"   | '"red"'
          r\\ed    | 'r\\\\ed'
          red\\'   | 'red\\\\\\''
          `red\n` | 'red\\u000a'
          """)
  void showsWhatIsInOrAroundAValueThatIsWrong(String value, String quoted) {
    assertThat(KeyError.of("color", value, "no").sentence())
        .isEqualTo("color is invalid: " + quoted + " is no");
  }

  @Test
  void keepsAKeyOnItsLine() {
    assertThat(new Change("a\nb", Optional.empty(), Optional.of("c")).sentence())
        .isEqualTo("+ a b: c");
    assertThat(KeyError.of("a\r\nb", "", "c").sentence())
        .isEqualTo("a b is invalid: an empty value is c");
  }

  private static Change only(String before, String after) {
    return Change.between(
            new TreeMap<>(Map.of("nginx.conf", before)), new TreeMap<>(Map.of("nginx.conf", after)))
        .get(0);
  }

  @Test
  void showsTheChangedLinesOfAValueOfSeveralLines() {
    assertThat(only("server {\n  listen 80;\n}\n", "server {\n  listen 81;\n}\n").text("  "))
        .isEqualTo(
            """
              nginx.conf:
                @@ -1,3 +1,3 @@
                 server {
                -  listen 80;
                +  listen 81;
                 }
            """);
  }

  @Test
  void showsAChangeOfOneLineAsBefore() {
    assertThat(only("a\n", "b\n").text("  ")).isEqualTo("  nginx.conf: a -> b\n");
  }

  @ParameterizedTest
  @CsvSource({"'a', 'a\n'", "'a', ' a'", "'a b', 'a  b'", "'', '\n'"})
  void showsThatOnlyWhiteSpaceChanged(String before, String after) {
    assertThat(only(before, after).diff()).isPresent();
  }

  @Test
  void showsExcerptsIfTooMuchChanged() {
    // Given
    String before = "a\n".repeat(1000);

    // When, Then
    assertThat(only(before, "b\n".repeat(1000)).diff()).isPresent();
    assertThat(only(before, "b\n".repeat(1001)).text("")).startsWith("nginx.conf: a a a ");
  }

  @Test
  void limitsTheWorkForAllKeysTogether() {
    // Given
    TreeMap<String, String> before = new TreeMap<>();
    TreeMap<String, String> after = new TreeMap<>();
    for (int i = 0; i < 5; i++) {
      before.put("k" + i, "a\n".repeat(500));
      after.put("k" + i, "b\n".repeat(500));
    }
    before.put("z", "a\nb");
    after.put("z", "a\nb\n");

    // When, Then
    assertThat(Change.between(before, after))
        .extracting(change -> change.diff().isPresent())
        .containsExactly(true, true, true, true, false, false);
  }
}
