package io.podlab.config.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"", "plain", "café \uD83D\uDC33", "a\nb\n", "\u0000", "\uFEFFmarked"})
  void hasWhatIsUtf8AsText(String value) {
    // When
    Snapshot snapshot = Snapshot.of(new TreeMap<>(Map.of("key", value.getBytes(UTF_8))));

    // Then
    assertThat(snapshot)
        .extracting(Snapshot::data, Snapshot::binaryData)
        .containsExactly(Map.of("key", value), Map.of());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"\u00ff", "caf\u00e9", "\u00c3", "\u00ed\u00a0\u0080", "\u00c0\u0080"})
  void hasWhatIsNotUtf8InBase64(String latin1) {
    // Given
    byte[] value = latin1.getBytes(ISO_8859_1);

    // When
    Snapshot snapshot = Snapshot.of(new TreeMap<>(Map.of("key", value)));

    // Then
    assertThat(snapshot)
        .extracting(Snapshot::data, Snapshot::binaryData)
        .containsExactly(Map.of(), Map.of("key", Base64.getEncoder().encodeToString(value)));
  }

  @ParameterizedTest(name = "{0} and {1}")
  @MethodSource
  void hasAnotherRevisionForAnythingElse(Map<String, String> one, Map<String, String> other) {
    // When, Then
    assertThat(snapshot(one).revision()).isNotEqualTo(snapshot(other).revision());
  }

  static Stream<Arguments> hasAnotherRevisionForAnythingElse() {
    return Stream.of(
        Arguments.of(Map.of(), Map.of("a", "")),
        Arguments.of(Map.of("a", "1"), Map.of("a", "2")),
        Arguments.of(Map.of("a", "1"), Map.of("b", "1")),
        Arguments.of(Map.of("a", "1"), Map.of("a", "1\n")),
        Arguments.of(Map.of("a", "b"), Map.of("b", "a")),
        Arguments.of(Map.of("a", "bc"), Map.of("ab", "c")),
        Arguments.of(Map.of("a", "1b=2"), Map.of("a", "1", "b", "2")),
        Arguments.of(Map.of("a", "1;b=2"), Map.of("a", "1", "b", "2")),
        Arguments.of(Map.of("a", "1b2"), Map.of("a", "1", "b", "2")),
        Arguments.of(Map.of("a", "", "b", "c"), Map.of("a", "b", "c", "")),
        Arguments.of(
            Map.of("a", "1\u0000\u0000\u0000\u0001b\u0000\u0000\u0000\u00012"),
            Map.of("a", "1", "b", "2")));
  }

  @Test
  void hasTheSameRevisionForTheSameContent() {
    // Given
    Map<String, String> content = Map.of("a", "1", "b", "2", "c", "3");

    // When, Then
    assertThat(snapshot(content).revision()).isEqualTo(snapshot(content).revision());
  }

  @Test
  void hasARevisionThatFitsALabel() {
    // When, Then
    assertThat(snapshot(Map.of("a", "1")).revision()).matches("[0-9a-f]{16}");
  }

  @Test
  void cannotBeChanged() {
    // Given
    Snapshot snapshot = snapshot(Map.of("a", "1"));

    // When, Then
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> snapshot.data().put("b", "2"));
  }

  private static Snapshot snapshot(Map<String, String> content) {
    return Snapshot.of(
        content.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> entry.getValue().getBytes(UTF_8),
                    (one, other) -> one,
                    TreeMap::new)));
  }
}
