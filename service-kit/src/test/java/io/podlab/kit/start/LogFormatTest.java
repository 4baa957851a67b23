package io.podlab.kit.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"true", "false"})
  void acceptsTrueFalseAndMissing(String json) {
    assertThat(LogFormat.refusal(json)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maybe", "TRUE", "1", "true "})
  void rejectsEverythingElse(String json) {
    assertThat(LogFormat.refusal(json))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith("LAB_LOG_JSON is invalid: '" + json + "'")
                    .endsWith("use true or false"));
  }
}
