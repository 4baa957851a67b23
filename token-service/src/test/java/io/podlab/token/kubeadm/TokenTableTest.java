package io.podlab.token.kubeadm;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.token.bootstrap.BootstrapToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenTableTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void looksLikeKubeadmTokenList() {
    // Given
    List<BootstrapToken> tokens =
        List.of(
            new BootstrapToken(
                "abcdef",
                "0123456789abcdef",
                Optional.of(Instant.parse("2026-03-02T11:59:59Z")),
                BootstrapToken.DEFAULT_USAGES,
                BootstrapToken.DEFAULT_GROUPS,
                "worker 3"),
            new BootstrapToken(
                "ghijkl", "0123456789abcdef", Optional.empty(), List.of(), List.of(), ""));

    // When
    String table = TokenTable.of(tokens, NOW);

    // Then
    assertThat(table)
        .isEqualTo(
            """
            TOKEN                     TTL         EXPIRES                USAGES                   DESCRIPTION   EXTRA GROUPS
            abcdef.0123456789abcdef   23h         2026-03-02T11:59:59Z   authentication,signing   worker 3      system:bootstrappers:kubeadm:default-node-token
            ghijkl.0123456789abcdef   <forever>   <never>                <none>                   <none>        <none>
            """);
  }

  @Test
  void replacesControlCharacters() {
    // Given
    List<BootstrapToken> tokens = List.of(token(Duration.ofHours(5), "a\nb\u001bc\u009bd\u2028e"));

    // When
    String table = TokenTable.of(tokens, NOW);

    // Then
    assertThat(table.lines()).hasSize(2);
    assertThat(table).contains("   a\ufffdb\ufffdc\ufffdd\ufffde   ");
  }

  @Test
  void makesColumnsAtLeastTenCharactersWide() {
    // Given
    List<BootstrapToken> tokens = List.of(token(Duration.ofHours(5), ""));

    // When
    String table = TokenTable.of(tokens, NOW);

    // Then
    assertThat(table.lines())
        .first()
        .asString()
        .startsWith("TOKEN                     TTL       EXPIRES ");
  }

  @Test
  void makesAColumnAsWideAsItsWidestCell() {
    // Given
    List<BootstrapToken> tokens =
        List.of(token(Duration.ofHours(5), ""), token(Duration.ofHours(5), "x".repeat(40)));

    // When
    String table = TokenTable.of(tokens, NOW);

    // Then
    assertThat(table.lines())
        .extracting(
            line -> Math.max(line.indexOf("EXTRA GROUPS"), line.indexOf("system:bootstrappers")))
        .containsOnly(26 + 10 + 23 + 25 + 43);
  }

  @Test
  void countsACharacterOutsideTheBasicPlaneOnce() {
    // Given
    List<BootstrapToken> tokens =
        List.of(
            token(Duration.ofHours(5), "\uD83D\uDC33".repeat(20)),
            token(Duration.ofHours(5), "x".repeat(20)));

    // When
    String table = TokenTable.of(tokens, NOW);

    // Then
    assertThat(table.lines().skip(1))
        .extracting(line -> line.codePointCount(0, line.indexOf("system:bootstrappers")))
        .containsOnly(26 + 10 + 23 + 25 + 23);
  }

  @Test
  void isEmptyWithoutTokens() {
    // When
    String table = TokenTable.of(List.of(), NOW);

    // Then
    assertThat(table).isEmpty();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "-PT2S, <invalid>",
    "-PT1.999S, 0s",
    "-PT0.001S, 0s",
    "PT0S, 0s",
    "PT0.999S, 0s",
    "PT1S, 1s",
    "PT59S, 59s",
    "PT59.999999999S, 59s",
    "PT60S, 1m",
    "PT59M59S, 59m",
    "PT60M, 1h",
    "PT23H, 23h",
    "PT23H59M59S, 23h",
    "P1D, 1d",
    "PT47H59M, 1d",
    "P364DT23H59M59S, 364d",
    "P365D, 1y",
    "P729DT23H, 1y",
    "P730D, 2y",
  })
  void roundsADurationDownToItsLargestUnit(Duration left, String text) {
    // When, Then
    assertThat(TokenTable.shortHuman(left)).isEqualTo(text);
  }

  private static BootstrapToken token(Duration left, String description) {
    return new BootstrapToken(
        "abcdef",
        "0123456789abcdef",
        Optional.of(NOW.plus(left)),
        BootstrapToken.DEFAULT_USAGES,
        BootstrapToken.DEFAULT_GROUPS,
        description);
  }
}
