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

  @ParameterizedTest
  @CsvSource({
    "'\u001b', x1b", "'\u009b', u009b", "'\u202e', u202e", "'\u2028', u2028",
    "'\u0085', u0085", "'\u0007', a", "'\u007f', x7f", "'\u00a0', u00a0",
    "'\ue000', ue000", "'\udb40\udc01', U000e0001", "'\\', \\", "'\"', '\"'"
  })
  void showsNothingThatMovesTheCursorOrForgesALine(String character, String escaped) {
    // Given
    String text = "a" + character + "b";

    // When, Then
    assertThat(new Change(text, Optional.of(text), Optional.of(text)).sentence())
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    assertThat(KeyError.of("a", text, "b").sentence())
        .isEqualTo("a \"a\\%sb\": b".formatted(escaped));
    assertThat(KeyError.of(text, "a", text).sentence())
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  }

  @Test
  void showsSpacesAroundAValueThatIsWrong() {
    assertThat(KeyError.of("color", "red \n", "no").sentence()).isEqualTo("color \"red \\n\": no");
  }

  @Test
  void keepsAKeyOnItsLine() {
    assertThat(new Change("a\nb", Optional.empty(), Optional.of("c")).sentence())
        .isEqualTo("+ a b: c");
    assertThat(KeyError.of("a\r\nb", "", "c").sentence()).isEqualTo("a b \"\": c");
  }
}
