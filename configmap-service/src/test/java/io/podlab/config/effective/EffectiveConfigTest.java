package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
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
  void isTheCommentAloneWithoutKeys() {
    // When
    String text = config(Map.of(), Map.of()).plainText();

    // Then
    assertThat(text.lines()).hasSize(1);
  }

  private static EffectiveConfig config(Map<String, String> data, Map<String, String> binaryData) {
    return new EffectiveConfig(
        "0123456789abcdef",
        Instant.parse("2026-03-01T12:00:00Z"),
        "/etc/podlab",
        new TreeMap<>(data),
        new TreeMap<>(binaryData));
  }
}
