package io.podlab.kit.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @Test
  void keepsOrdinaryText() {
    String text = "Grüße, 世界 🌍 #1, 👩\u200D💻, می\u200Cخواهم";
    assertThat(Printable.line(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001B", "\r", "\u007F", "\u009B", "\u202E", "\u2066", "\u200F", "\u2028", "\u2029",
        "\u0000", "\uD800"
      })
  void replacesControlCharacters(String character) {
    assertThat(Printable.text("a" + character + "b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void keepsLineBreaksAndTabsOnlyInText() {
    assertThat(Printable.text("a\n\tb")).isEqualTo("a\n\tb");
    assertThat(Printable.line("a\n\tb")).isEqualTo("a\uFFFD\uFFFDb");
  }

  @Test
  void doesNotSplitASurrogatePair() {
    assertThat(Printable.line("ab\uD83C\uDF0Dc", 3)).isEqualTo("ab…");
    assertThat(Printable.line("abc", 3)).isEqualTo("abc");
  }

  @Test
  void replacesQuotesInQuotedText() {
    assertThat(Printable.quoted("a\"b\n")).isEqualTo("\"a?b\uFFFD\"");
  }

  @Test
  void escapesUnprintableCharacters() {
    assertThat(Printable.escaped("a\u001B\u202Eb\tc\uDB40\uDC01"))
        .isEqualTo("a\\u001b\\u202eb\tc\\udb40\\udc01");
  }
}
