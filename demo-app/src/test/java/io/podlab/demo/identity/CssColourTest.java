package io.podlab.demo.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CssColourTest {
  @ParameterizedTest
  @CsvSource({
    "steelblue, steelblue",
    "SteelBlue, steelblue",
    "aliceblue, aliceblue",
    "yellowgreen, yellowgreen",
    "#4682B4, #4682b4",
    "#fff, #fff",
    "#fff8, #fff8",
    "#4682b480, #4682b480",
  })
  void takesNamesAndHexAsCssDoes(String text, String colour) {
    assertThat(new CssColour().convert(text)).isEqualTo(colour);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blurple",
        "#12345",
        "#ggg",
        "4682b4",
        "rgb(1,2,3)",
        "red;}",
        "red blue",
        "url(x)"
      })
  void takesNothingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CssColour().convert(text))
        .withMessage("it is a CSS colour by name, such as steelblue, or in hex, such as #4682b4");
  }
}
