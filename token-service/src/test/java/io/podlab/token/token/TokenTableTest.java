package io.podlab.token.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.token.bootstrap.BootstrapToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
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
  void keepsARowToItsLine() {
    // Given
    List<BootstrapToken> tokens = List.of(token(Duration.ofHours(5), "a\nb\u001bc\u009bd\u2028e"));

    // When
    String table = TokenTable.of(tokens, NOW);

    // Then
    assertThat(table.lines()).hasSize(2);
    assertThat(table).contains("   a\ufffdb\ufffdc\ufffdd\ufffde   ");
  }

  @Test
  void keepsTenCharactersForAColumnOfShortCells() {
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
  void growsAColumnWithItsLongestCell() {
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
  void cutsATimeToItsLargestUnitAsKubectlDoes(Duration left, String text) {
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

  /** What a spreadsheet would ask of it: every column begins in the same place in every row. */
  @RepeatedTest(50)
  void alignsEveryRowWhateverItHolds(RepetitionInfo repetition) {
    // Given
    Random random = new Random(repetition.getCurrentRepetition());
    List<BootstrapToken> tokens =
        Stream.generate(() -> anyToken(random)).limit(1 + random.nextInt(30)).toList();

    // When
    List<String> lines = TokenTable.of(tokens, NOW).lines().toList();

    // Then
    assertThat(lines).hasSize(tokens.size() + 1);
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines) {
      rows.add(cells(line, starts(lines.get(0))));
    }
    for (int i = 0; i < tokens.size(); i++) {
      BootstrapToken token = tokens.get(i);
      assertThat(rows.get(i + 1))
          .containsExactly(
              token.value(),
              token
                  .expires()
                  .map(expires -> TokenTable.shortHuman(Duration.between(NOW, expires)))
                  .orElse("<forever>"),
              token.expires().map(Instant::toString).orElse("<never>"),
              orNone(String.join(",", token.usages())),
              orNone(token.description()),
              orNone(String.join(",", token.groups())));
    }
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }

  private static List<Integer> starts(String header) {
    return Stream.of("TOKEN", "TTL", "EXPIRES", "USAGES", "DESCRIPTION", "EXTRA GROUPS")
        .map(header::indexOf)
        .toList();
  }

  /** By code point, each without the blanks that fill it up; those before the next are required. */
  private static List<String> cells(String line, List<Integer> starts) {
    int[] points = line.codePoints().toArray();
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : points.length;
      String cell = new String(points, starts.get(i), end - starts.get(i));
      if (i + 1 < starts.size()) {
        assertThat(cell).endsWith("   ");
      }
      cells.add(cell.stripTrailing());
    }
    return cells;
  }

  private static BootstrapToken anyToken(Random random) {
    String value = BootstrapToken.randomValue(new SecureRandom());
    long[] times = {-100, 1, 59, 60, 3_600, 86_399, 86_400, 31_536_000, 300_000_000_000L};
    String[] texts = {
      "", "x", "worker 3", "caf\u00e9", "\u65e5\u672c", "\uD83D\uDC33", "a,b", "%s"
    };
    return new BootstrapToken(
        value.substring(0, 6),
        value.substring(7),
        random.nextInt(4) == 0
            ? Optional.empty()
            : Optional.of(NOW.plusSeconds(times[random.nextInt(times.length)])),
        BootstrapToken.DEFAULT_USAGES.subList(0, random.nextInt(3)),
        IntStream.range(0, random.nextInt(4)).mapToObj(i -> "system:bootstrappers:g" + i).toList(),
        texts[random.nextInt(texts.length)].repeat(random.nextInt(20)).strip());
  }
}
