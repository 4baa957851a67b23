package io.podlab.config.environment;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  @ParameterizedTest
  @ValueSource(strings = {"serve", "--greeting", "-greeting=x", "--a b=c"})
  void repeatsAnArgumentThatItDoesNotUnderstand(String argument) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.parse(argument))
        .withMessageContaining("'" + argument + "' is not a valid argument");
  }
}
