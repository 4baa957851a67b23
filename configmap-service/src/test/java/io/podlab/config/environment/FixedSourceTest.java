package io.podlab.config.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.kit.testing.SettableClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FixedSourceTest {
  private final SettableClock clock = new SettableClock();

  private static Map<String, String> data(Source source) {
    return ((Reading.Content) source.look().reading()).snapshot().data();
  }

  @Test
  void readsVariablesAsEnvFromAndAsShellsHaveThem() {
    // When
    Source source =
        FixedSource.environment(
            Map.of(
                "LAB_VALUE_greeting", "a",
                "LAB_VALUE_log.level", "b",
                "LAB_VALUE_COLOR", "c",
                "LAB_VALUE_REFRESH", "d",
                "LAB_VALUE_FEATURES_SHOUT", "e",
                "LAB_VALUE_else", "f",
                "LAB_VALUE_", "g",
                "PATH", "h"),
            clock);

    // Then
    assertThat(data(source))
        .isEqualTo(
            Map.of(
                "greeting",
                "a",
                "log.level",
                "b",
                "color",
                "c",
                "refresh",
                "d",
                "features.shout",
                "e",
                "else",
                "f"));
  }

  @Test
  void readsArguments() {
    assertThat(data(FixedSource.arguments(new String[] {"--greeting=a=b", "--log.level="}, clock)))
        .isEqualTo(Map.of("greeting", "a=b", "log.level", ""));
  }

  @Test
  void refusesAKeyThatIsGivenTwice() {
    assertThatIllegalArgumentException().isThrownBy(() -> Arguments.parse("--a=1", "--a=2"));
  }

  @Test
  void holdsNothingWithoutAny() {
    assertThat(FixedSource.arguments(new String[0], clock).look().reading())
        .isInstanceOf(Reading.Gone.class);
  }

  @Test
  void refusesTwoVariablesForOneKey() {
    assertThatThrownBy(
            () ->
                FixedSource.environment(
                    Map.of("LAB_VALUE_GREETING", "a", "LAB_VALUE_greeting", "b"), clock))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "LAB_VALUE_GREETING and LAB_VALUE_greeting both set the key greeting; set only one of"
                + " them");
  }
}
