package io.podlab.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchSettingTest {
  @Test
  void isOnOrOff() {
    assertThat(new SwitchSetting().convert("true")).isTrue();
    assertThat(new SwitchSetting().convert("false")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "TRUE", "1", "on", "maybe", "true ", "${X}"})
  void isNothingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SwitchSetting().convert(text))
        .withMessage("expected true or false");
  }
}
