package io.podlab.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
  private static final Map<String, String> ALL =
      Map.of("PASSWORD", "secret", "LAB_POD_IP", "10.0.0.1", "GREETING", "hi\u001B[2J", "LAB", "x");

  @Test
  void isOursAndWhatIsListedInOrder() {
    assertThat(Environment.visible(ALL, Set.of("GREETING", "ABSENT")).plainText())
        .isEqualTo("GREETING=hi\uFFFD[2J\nLAB_POD_IP=10.0.0.1\n");
  }

  @Test
  void isNeverAll() {
    assertThat(Environment.visible(ALL, Set.of()).variables()).containsOnlyKeys("LAB_POD_IP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "A*", "A=B", "1A", "A B", "A,*", "A\\B", "A\\,B", "$A", "${A}"})
  void isListedByName(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EnvironmentConfig.VariableNames().convert(text))
        .withMessageContaining("separated by commas");
  }
}
