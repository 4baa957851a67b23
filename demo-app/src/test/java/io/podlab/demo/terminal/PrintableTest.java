package io.podlab.demo.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @Test
  void leavesWhatPeopleWrite() {
    assertThat(Printable.line("Grüße, 世界 🌍 #1")).isEqualTo("Grüße, 世界 🌍 #1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001B", "\r", "\u007F", "\u009B", "\u202E", "\u2028", "\u0000"})
  void replacesWhatATerminalWouldObey(String character) {
    assertThat(Printable.text("a" + character + "b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void keepsLinesAndTabsOfATextOnly() {
    assertThat(Printable.text("a\n\tb")).isEqualTo("a\n\tb");
    assertThat(Printable.line("a\n\tb")).isEqualTo("a\uFFFD\uFFFDb");
  }
}
