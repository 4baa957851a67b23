package io.podlab.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralSettingsTest {
  /** Builds the configuration as Quarkus does, with interceptors from service files. */
  private static SmallRyeConfig config(Map<String, String> variables, Map<String, String> file) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredInterceptors()
        .withSources(
            new EnvConfigSource(variables, EnvConfigSource.ORDINAL),
            new SysPropConfigSource(),
            new PropertiesConfigSource(file, "application.properties", 250))
        .build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${X}",
        "${X:24h}",
        "${X:}",
        "${SET}",
        "${lab.token.max-ttl}",
        "${}",
        "${",
        "${y",
        "a}",
        "$",
        "$$",
        "$$y",
        "$$$",
        "$${X}",
        "\\$",
        "\\$X",
        "\\${X}",
        "\\\\$",
        "\\",
        "\\,",
        "a\\,b",
        "a,b",
        "${aes-gcm-nopadding::x}",
        "${a::b}",
        "${${X}}",
        "${X:${SET}}",
        "$(X)",
        "#{X}",
        "%{X}",
        "/x/ca${y.crt",
        "/x/d$$y",
        "  x",
        "x  ",
        "x\n",
        "\"x\"",
        "é$漢",
        "~/x",
        "null"
      })
  void areReadLiterally(String value) {
    // Given
    String property = "lab.test.literal";
    System.setProperty(property, value);
    try {
      // When
      SmallRyeConfig config = config(Map.of("LAB_TOKEN_MAX_TTL", value, "SET", "other"), Map.of());

      // Then
      assertThat(config.getOptionalValue("lab.token.max-ttl", String.class)).contains(value);
      assertThat(config.getOptionalValue(property, String.class)).contains(value);
    } finally {
      System.clearProperty(property);
    }
  }

  /** Our application.properties refer to each other and to settings. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ${lab.log.json:false}  | true
          ${lab.absent:false}    | false
          podlab/${name}:1       | podlab/demo:1
          ${lab.literal}         | $$a${b}\\$c
          $${name}               | ${name}
          """)
  void areExpandedInPropertiesFiles(String written, String read) {
    // When
    SmallRyeConfig config =
        config(
            Map.of("LAB_LOG_JSON", "true", "LAB_LITERAL", "$$a${b}\\$c"),
            Map.of("name", "demo", "written", written));

    // Then
    assertThat(config.getConfigValue("written").getValue()).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "\n"})
  void areRejectedIfTheyAreEmpty(String value) {
    // Given
    SmallRyeConfig config = config(Map.of("LAB_TOKEN_MAX_TTL", value), Map.of());

    // When, Then
    assertThatThrownBy(() -> config.getOptionalValue("lab.token.max-ttl", String.class))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("LAB_TOKEN_MAX_TTL is empty");
  }

  @Test
  void canBeEmptyIfTheKubeletSetsThem() {
    assertThat(
            config(Map.of("LAB_POD_SERVICE_ACCOUNT", ""), Map.of())
                .getOptionalValue("lab.pod.service-account", String.class))
        .isEmpty();
  }
}
