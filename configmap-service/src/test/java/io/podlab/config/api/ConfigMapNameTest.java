package io.podlab.config.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigMapNameTest {
  @Test
  void hasANamespaceOrNot() {
    assertThat(ConfigMapName.of("lab/demo.v1"))
        .satisfies(
            name -> {
              assertThat(name.namespace()).contains("lab");
              assertThat(name.name()).isEqualTo("demo.v1");
            });
    assertThat(ConfigMapName.of("demo").namespace()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a/", "/a", "a/b/c", "A", "a_b", "-a", "a/..", "a b"})
  void refusesWhatCanBeNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ConfigMapName.of(text));
  }
}
