package io.podlab.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BooleanSettingTest {
  @Test
  void acceptsTrueAndFalse() {
    assertThat(new BooleanSetting().convert("true")).isTrue();
    assertThat(new BooleanSetting().convert("false")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "TRUE", "1", "on", "maybe", "true ", "${X}"})
  void rejectsEverythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BooleanSetting().convert(text))
        .withMessageContaining("use true or false");
  }
}
