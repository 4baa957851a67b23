package io.podlab.demo.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationSettingTest {
  @Test
  void aDurationIsInGosForm() {
    assertThat(new DurationSetting().convert("1m30s")).isEqualTo(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "-1s", "24h1ns", "PT20S", "soon"})
  void aDurationIsNothingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DurationSetting().convert(text))
        .withMessageContaining("500ms or 1m30s");
  }
}
