package io.podlab.token.kubeadm;

import static io.podlab.token.Problems.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.kit.http.Problem;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TtlLimitsTest {
  @Test
  void hasKubeadmsLimitsByDefault() {
    // Given
    TtlLimits limits = limits(null, null);

    // When, Then
    assertThat(limits.checked("8760h")).isEqualTo(Duration.ofDays(365));
    assertThat(limits.checked("0")).isZero();
    assertThat(limits.standard()).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void refusesATtlAboveTheLimit() {
    // Given
    TtlLimits limits = limits("2h", null);

    // When
    Problem problem = refused(() -> limits.checked("2h0m0.000000001s"));

    // Then
    assertThat(limits.checked("2h")).isEqualTo(Duration.ofHours(2));
    assertThat(problem)
        .extracting(Problem::status, Problem::field, Problem::detail, Problem::accepted)
        .containsExactly(400, "ttl", "'2h0m0.000000001s' is out of range", "1s to 2h0m0s");
  }

  @ParameterizedTest(name = "at most {0}, for ever {1}: {2}")
  @CsvSource({", , true", "2h, , false", "2h, true, true", ", false, false", "2h, false, false"})
  void refusesATtlOfZeroWithALimitUnlessItIsAllowed(
      String longest, String forever, boolean allowed) {
    // Given
    TtlLimits limits = limits(longest, forever);

    // When, Then
    if (allowed) {
      assertThat(limits.checked("0")).isZero();
    } else {
      assertThat(refused(() -> limits.checked("0")).detail()).contains("never expire");
    }
  }

  @ParameterizedTest
  @CsvSource({"2h, PT2H", "48h, PT24H", "24h, PT24H"})
  void limitsTheDefaultTtl(String longest, Duration standard) {
    assertThat(limits(longest, null).standard()).isEqualTo(standard);
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "0    |       | LAB_TOKEN_MAX_TTL is invalid: '0' is too short; use ",
        "-1h  |       | LAB_TOKEN_MAX_TTL is invalid: '-1h' is too short; use ",
        "1ms  |       | LAB_TOKEN_MAX_TTL is invalid: '1ms' is too short; use ",
        "1d   |       | LAB_TOKEN_MAX_TTL is invalid: '1d' is not a duration; use ",
        "     | yes   | LAB_TOKEN_ALLOW_FOREVER is invalid: 'yes' is not a boolean; use ",
      })
  void namesTheInvalidSetting(String longest, String forever, String why) {
    assertThatThrownBy(() -> limits(longest, forever))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(why);
  }

  private static TtlLimits limits(String longest, String forever) {
    return TtlLimits.of(
        new TokenConfig() {
          @Override
          public Optional<String> maxTtl() {
            return Optional.ofNullable(longest);
          }

          @Override
          public Optional<String> allowForever() {
            return Optional.ofNullable(forever);
          }

          @Override
          public OptionalInt maxCreates() {
            return OptionalInt.empty();
          }
        });
  }
}
