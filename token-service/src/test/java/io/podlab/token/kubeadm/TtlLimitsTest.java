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
  void allowsWhatKubeadmAllowsByDefault() {
    // Given
    TtlLimits limits = limits(null, null);

    // When, Then
    assertThat(limits.checked("8760h")).isEqualTo(Duration.ofDays(365));
    assertThat(limits.checked("0")).isZero();
    assertThat(limits.standard()).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void refusesWhatIsLongerThanTheBound() {
    // Given
    TtlLimits limits = limits("2h", null);

    // When
    Problem problem = refused(() -> limits.checked("2h0m0.000000001s"));

    // Then
    assertThat(limits.checked("2h")).isEqualTo(Duration.ofHours(2));
    assertThat(problem)
        .extracting(Problem::status, Problem::field, Problem::detail, Problem::accepted)
        .containsExactly(
            400, "ttl", "it is longer than is allowed here", "at least 1s, at most 2h0m0s");
  }

  @ParameterizedTest(name = "at most {0}, for ever {1}: {2}")
  @CsvSource({", , true", "2h, , false", "2h, true, true", ", false, false", "2h, false, false"})
  void takesForeverForLongerThanAnyBoundUnlessItIsAllowed(
      String longest, String forever, boolean allowed) {
    // Given
    TtlLimits limits = limits(longest, forever);

    // When, Then
    if (allowed) {
      assertThat(limits.checked("0")).isZero();
    } else {
      assertThat(refused(() -> limits.checked("0")).detail())
          .isEqualTo("a token that never expires is not allowed here");
    }
  }

  @ParameterizedTest
  @CsvSource({"2h, PT2H", "48h, PT24H", "24h, PT24H"})
  void givesWhoeverAsksForNothingNoMoreThanTheBound(String longest, Duration standard) {
    assertThat(limits(longest, null).standard()).isEqualTo(standard);
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0    |       | LAB_TOKEN_MAX_TTL=\"0\" is invalid: it is under a second; leave it out for no bound",
        "-1h  |       | LAB_TOKEN_MAX_TTL=\"-1h\" is invalid: it is under a second; leave it out for no bound",
        "1ms  |       | LAB_TOKEN_MAX_TTL=\"1ms\" is invalid: it is under a second; leave it out for no bound",
        "1d   |       | LAB_TOKEN_MAX_TTL=\"1d\" is invalid: time: unknown unit \"d\" in duration \"1d\"",
        "     | yes   | LAB_TOKEN_ALLOW_FOREVER=\"yes\" is invalid: expected true or false",
      })
  void refusesToStartWithASettingThatMakesNoSense(String longest, String forever, String why) {
    assertThatThrownBy(() -> limits(longest, forever))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(why);
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
