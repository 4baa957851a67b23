package io.podlab.kit.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"true", "false"})
  void isOnOffOrLeftOut(String json) {
    assertThat(LogFormat.refusal(json)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maybe", "TRUE", "1", "true "})
  void isRefusedInAnyOtherWord(String json) {
    assertThat(LogFormat.refusal(json))
        .contains("LAB_LOG_JSON=\"" + json + "\" is invalid: expected true or false");
  }
}
