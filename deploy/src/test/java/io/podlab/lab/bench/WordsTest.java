package io.podlab.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.lab.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  @Test
  void splitsAtBlanksOutsideQuotes() {
    assertThat(Words.of(" a  'b c' \"d 'e'\" f'g'h '' $HOME;x "))
        .containsExactly("a", "b c", "d 'e'", "fgh", "", "$HOME;x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a 'b", "a \"b'"})
  void refusesNothingAndAnOpenQuote(String line) {
    assertThatThrownBy(() -> Words.of(line))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(Failure.USAGE));
  }
}
