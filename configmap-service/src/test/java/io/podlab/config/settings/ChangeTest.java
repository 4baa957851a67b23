package io.podlab.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  @ValueSource(strings = {"\u001b", "\u009b", "\u202e", "\u2028", "\u0085", "\u0007"})
  void showsNothingThatMovesTheCursorOrForgesALine(String character) {
    // Given
    String text = "a" + character + "b";

    // When, Then
    assertThat(new Change(text, Optional.of(text), Optional.of(text)).sentence())
        .isEqualTo("a?b: a?b -> a?b");
    assertThat(KeyError.of(text, text, text).sentence()).isEqualTo("a?b \"a?b\": a?b");
  }

  @Test
  void keepsAKeyOnItsLine() {
    assertThat(new Change("a\nb", Optional.empty(), Optional.of("c")).sentence())
        .isEqualTo("+ a b: c");
    assertThat(KeyError.of("a\r\nb", "", "c").sentence()).isEqualTo("a b \"\": c");
  }
}
