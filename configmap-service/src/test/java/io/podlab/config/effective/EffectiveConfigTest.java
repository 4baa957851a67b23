package io.podlab.config.effective;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.config.reload.Rejected;
import io.podlab.config.reload.Rollback;
import io.podlab.config.reload.SourceProblem;
import io.podlab.config.settings.KeyError;
import io.podlab.config.source.SourceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveConfigTest {
  @Test
  void saysWhereItComesFromAndThenEachKey() {
    // Given
    EffectiveConfig config = config(Map.of("size", "large\n", "color", "#326ce5"), Map.of());

    // When
    String text = config.plainText();

    // Then
    assertThat(text)
        .isEqualTo(
            """
            # revision 0123456789abcdef, loaded 2026-03-01T12:00:00Z from /etc/podlab
            # source volume ..2026_1, confirmed 2026-03-01T12:00:05Z
            color: #326ce5
            size: large
            """);
  }

  @Test
  void indentsAValueOfSeveralLines() {
    // Given
    EffectiveConfig config =
        config(Map.of("nginx.conf", "server {\n  listen 80;\n}\n", "z", "1"), Map.of());

    // When
    String text = config.plainText();

    // Then
    assertThat(text)
        .endsWith(
            """
            nginx.conf:
              server {
                listen 80;
              }
            z: 1
            """);
  }

  @Test
  void putsBinaryValuesLast() {
    // Given
    EffectiveConfig config = config(Map.of("z", "1"), Map.of("a.png", "iVBORw0KGgo="));

    // When
    String text = config.plainText();

    // Then
    assertThat(text)
        .endsWith(
            """
            z: 1
            a.png: (base64) iVBORw0KGgo=
            """);
  }

  @ParameterizedTest(name = "\"{0}\"")
  @CsvSource({"''", "'\n'", "' \n\n'"})
  void hasNothingAfterTheKeyOfABlankValue(String value) {
    // When
    String text = config(Map.of("empty", value), Map.of()).plainText();

    // Then
    assertThat(text).endsWith("\nempty:\n");
  }

  @Test
  void isTheCommentsAloneWithoutKeys() {
    // When
    String text = config(Map.of(), Map.of()).plainText();

    // Then
    assertThat(text.lines()).hasSize(2);
  }

  @Test
  void saysWhatIsNotAsItShouldBe() {
    // Given
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    EffectiveConfig config =
        new EffectiveConfig(
            "0123456789abcdef",
            SourceName.API,
            "lab/demo",
            Optional.empty(),
            noon,
            Optional.empty(),
            true,
            true,
            Optional.of(
                new Rejected(
                    Optional.of("fedcba9876543210"),
                    noon,
                    List.of(new KeyError("color", Optional.of("x"), "not y")))),
            Optional.of(new SourceProblem(noon, "it is deleted")),
            Optional.of(new SourceProblem(noon, "no right")),
            Optional.empty(),
            new TreeMap<>(),
            new TreeMap<>());

    // When
    String text = config.plainText();

    // Then
    assertThat(text)
        .endsWith(
            """
            # source api, confirmed never, STALE
            # last good configuration, from disk: the source has no valid configuration
            # rejected fedcba9876543210, 2026-03-01T12:00:00Z: color is invalid: 'x' is not y
            # gone 2026-03-01T12:00:00Z: it is deleted
            # unreadable 2026-03-01T12:00:00Z: no right
            """);
  }

  private static EffectiveConfig config(Map<String, String> data, Map<String, String> binaryData) {
    return config(data, binaryData, Optional.empty());
  }

  private static EffectiveConfig config(
      Map<String, String> data, Map<String, String> binaryData, Optional<Rollback> rollback) {
    return new EffectiveConfig(
        "0123456789abcdef",
        SourceName.VOLUME,
        "/etc/podlab",
        Optional.of("..2026_1"),
        Instant.parse("2026-03-01T12:00:00Z"),
        Optional.of(Instant.parse("2026-03-01T12:00:05Z")),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        rollback,
        new TreeMap<>(data),
        new TreeMap<>(binaryData));
  }

  @Test
  void showsWhatMovesACursorOrForgesALineAsAnEscape() {
    // Given
    EffectiveConfig config =
        config(
            Map.of(
                "a", "x\r# rejected",
                "b\n# rejected", "\u001b]0;title\u0007",
                "c", "one\n\u009b2Jtwo\u202e\n",
                "d", "tab\tstays"),
            Map.of("e\u001b", "AA=="));

    // When
    String text = config.plainText();

    // Then
    assertThat(text)
        .endsWith(
            """
            a: x\\u000d# rejected
            b\\u000a# rejected: \\u001b]0;title\\u0007
            c:
              one
              \\u009b2Jtwo\\u202e
            d: tab\tstays
            e\\u001b: (base64) AA==
            """);
  }

  @Test
  void saysThatARollbackIsInEffect() {
    // Given
    Rollback rollback =
        new Rollback(Instant.parse("2026-03-01T12:00:00Z"), Optional.of("fedcba9876543210"));

    // When
    EffectiveConfig config = config(Map.of("z", "1"), Map.of(), Optional.of(rollback));

    // Then
    assertThat(config.plainText())
        .isEqualTo(
            """
            # revision 0123456789abcdef, loaded 2026-03-01T12:00:00Z from the history
            # source volume ..2026_1, confirmed 2026-03-01T12:00:05Z
            # rolled back to 0123456789abcdef at 2026-03-01T12:00:00Z; the source has fedcba9876543210
            z: 1
            """);
    assertThat(config.tag()).isNotEqualTo(config(Map.of("z", "1"), Map.of()).tag());
  }
}
