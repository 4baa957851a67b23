package io.podlab.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommaSeparatedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a        | a
          a,b      | a;b
          ' a , b' | a;b
          a,,b,    | a;b
          sh\\op   | sh\\op
          a\\,b    | a\\;b
          ${X},$$  | ${X};$$
          """)
  void keepsItsItemsLiterally(String text, String items) {
    assertThat(new CommaSeparated.Setting().convert(text).items())
        .isEqualTo(List.of(items.split(";")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , ,"})
  void hasAtLeastOneItem(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommaSeparated.Setting().convert(text))
        .withMessageContaining("separated by commas");
  }
}
