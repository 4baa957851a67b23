package io.podlab.token.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapTokenTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void randomTokensDiffer() {
    // Given
    SecureRandom random = new SecureRandom();

    // When
    Stream<String> values = Stream.generate(() -> BootstrapToken.randomValue(random)).limit(10_000);

    // Then
    assertThat(values).doesNotHaveDuplicates();
  }

  /**
   * A chi-squared test with 22 × 35 degrees of freedom. A uniform source exceeds this limit less
   * than once in 10^10 runs; a byte modulo 36 exceeds it by far.
   */
  @Test
  void randomCharactersAreUniform() {
    // Given
    SecureRandom random = new SecureRandom();
    int values = 20_000;
    int[][] count = new int[23]['z' + 1];

    // When
    for (int i = 0; i < values; i++) {
      String value = BootstrapToken.randomValue(random);
      assertThat(BootstrapToken.FORM.matcher(value).matches()).isTrue();
      for (int place = 0; place < value.length(); place++) {
        count[place][value.charAt(place)]++;
      }
    }

    // Then
    double expected = values / 36.0;
    double chiSquare = 0;
    for (int place = 0; place < count.length; place++) {
      for (char c : "0123456789abcdefghijklmnopqrstuvwxyz".toCharArray()) {
        chiSquare += place == 6 ? 0 : Math.pow(count[place][c] - expected, 2) / expected;
      }
    }
    assertThat(chiSquare).isLessThan(1_050);
  }

  @Test
  void hidesTheSecretInToString() {
    // Given
    BootstrapToken token = token(Optional.empty());

    // When
    String text = token.toString();

    // Then
    assertThat(text).contains("abcdef").doesNotContain("0123456789abcdef");
  }

  @ParameterizedTest(name = "id \"{0}\", secret \"{1}\"")
  @CsvSource({
    "abcde, 0123456789abcdef",
    "abcdefg, 0123456789abcdef",
    "ABCDEF, 0123456789abcdef",
    "abcdef, 0123456789abcde",
    "abcdef, 0123456789abcdefg",
    "abcdef, 0123456789abcdeF",
    "abcdef, 0123456789abcd-f",
    "abcdef, '0123456789abcdef\n'",
    "'', ''",
    ",",
  })
  void refusesTokensThatKubeadmRefuses(String id, String secret) {
    // When, Then
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new BootstrapToken(
                    id,
                    secret,
                    Optional.empty(),
                    BootstrapToken.DEFAULT_USAGES,
                    BootstrapToken.DEFAULT_GROUPS,
                    ""))
        .withMessageNotContaining("0123456789");
  }

  @ParameterizedTest(name = "{0} of a token that expires at 12:00: expired {1}")
  @CsvSource({
    "2026-03-01T11:59:59.999999999Z, false",
    "2026-03-01T12:00:00Z, true",
    "2026-03-01T12:00:01Z, true",
  })
  void expiresAtTheExactInstant(Instant now, boolean expired) {
    // Given
    BootstrapToken token = token(Optional.of(NOON));

    // When, Then
    assertThat(token.hasExpired(now)).isEqualTo(expired);
  }

  @Test
  void neverExpiresWithoutAnExpiry() {
    // Given
    BootstrapToken token = token(Optional.empty());

    // When, Then
    assertThat(token.hasExpired(Instant.MAX)).isFalse();
  }

  private static BootstrapToken token(Optional<Instant> expires) {
    return new BootstrapToken("abcdef", "0123456789abcdef", expires, List.of(), List.of(), "");
  }
}
