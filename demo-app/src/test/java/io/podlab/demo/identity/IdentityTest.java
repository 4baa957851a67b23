package io.podlab.demo.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Host POD =
      new Host("demo-5cc9f67f46-f8jrd", Optional.of("default"), Optional.of("10.244.0.7"));
  private static final Host LAPTOP = new Host("laptop", Optional.empty(), Optional.empty());

  @Test
  void isFoundOutWhereTheManifestTellsNothing() {
    // When
    Identity identity = PodIdentity.identity(new Told(), new Mark(), POD, "9.9", START);

    // Then
    assertThat(identity.plainText())
        .isEqualTo(
            "pod demo-5cc9f67f46-f8jrd, namespace default, IP 10.244.0.7, version 9.9,"
                + " request 0\n");
  }

  @Test
  void believesTheManifestMoreThanTheHost() {
    // Given
    Told told =
        new Told(
            Optional.of("told"),
            Optional.of("lab"),
            Optional.of("10.0.0.1"),
            Optional.of("node1"),
            Optional.of("demo"));

    // When
    Identity identity = PodIdentity.identity(told, new Mark(), POD, "9.9", START);

    // Then
    assertThat(identity.plainText())
        .isEqualTo("pod told, namespace lab, IP 10.0.0.1, node node1, version 9.9, request 0\n");
  }

  @Test
  void inventsNothing() {
    // When
    Identity identity = PodIdentity.identity(new Told(), new Mark(), LAPTOP, "9.9", START);

    // Then
    assertThat(identity.plainText()).isEqualTo("pod laptop, version 9.9, request 0\n");
  }

  @Test
  void showsTheMarksOfAVersion() {
    // Given
    Mark mark = new Mark(Optional.of("steelblue"), Optional.of("second version"));

    // When
    Identity identity = PodIdentity.identity(new Told(), mark, LAPTOP, "9.9", START);

    // Then
    assertThat(identity.plainText())
        .isEqualTo("pod laptop, version 9.9, color steelblue, request 0: second version\n");
  }

  @Test
  void letsNoNameReachTheTerminalsControls() {
    // Given
    Told told =
        new Told(
            Optional.of("a\u001B[31mb\nc"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    // When
    Identity identity = PodIdentity.identity(told, new Mark(), LAPTOP, "9.9", START);

    // Then
    assertThat(identity.plainText()).startsWith("pod a\uFFFD[31mb\uFFFDc, version");
  }

  @ParameterizedTest
  @CsvSource({
    "SteelBlue, steelblue",
    "lightgoldenrodyellow, lightgoldenrodyellow",
    "#4682B4, #4682b4",
    "#fff, #fff",
    "#fff8, #fff8",
    "#4682b480, #4682b480",
  })
  void takesAColorByNameAndInHex(String text, String color) {
    assertThat(new VersionMarkConfig.Color().convert(text)).isEqualTo(color);
  }

  @ParameterizedTest
  @ValueSource(strings = {"#12345", "#ggg", "4682b4", "rgb(1,2,3)", "red;}", "red blue", "url(x)"})
  void takesNoOtherColor(String text) {
    assertThatThrownBy(() -> new VersionMarkConfig.Color().convert(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CSS color");
  }

  @Test
  void refusesAMessageThatIsAPage() {
    // Given
    VersionMarkConfig.Message converter = new VersionMarkConfig.Message();

    // Then
    assertThat(converter.convert("x".repeat(200))).hasSize(200);
    assertThatThrownBy(() -> converter.convert("x".repeat(201)))
        .hasMessageContaining("200 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u001b[2Jb", "a\tb", "a\nb", "a\u202eb", "\uFEFFa", "a\u0000"})
  void refusesAMessageThatCannotBeTakenLiterally(String text) {
    assertThatThrownBy(() -> new VersionMarkConfig.Message().convert(text))
        .hasMessageContaining("control characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Grüß Gott ${X} \\", "\u05e9\u05dc\u05d5\u05dd", "👩‍🚀 ❤️"})
  void takesAMessageLiterally(String text) {
    assertThat(new VersionMarkConfig.Message().convert(" " + text + "\n")).isEqualTo(text);
  }

  @Test
  void namesTheVariableOfEachFactThatCanBeAbsent() {
    // Given
    Identity identity = PodIdentity.identity(new Told(), new Mark(), LAPTOP, "9.9", START);

    // Then
    assertThat(Fact.Field.values())
        .filteredOn(field -> field.of(identity).isEmpty())
        .extracting(Fact.Field::variable)
        .containsExactly(
            "LAB_POD_NAMESPACE",
            "LAB_POD_IP",
            "LAB_POD_NODE",
            "LAB_POD_SERVICE_ACCOUNT",
            "LAB_DEMO_COLOR",
            "LAB_DEMO_MESSAGE");
  }

  @Test
  void knowsThisMachine() {
    // When
    Host host = Host.current();

    // Then
    assertThat(host.name()).isNotBlank().doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3", "10.0.0.256", "node1", "10.0.0.1/24", "fe80::1::2"})
  void refusesAnAddressThatIsNone(String text) {
    // Given
    PodConfig.IpAddress converter = new PodConfig.IpAddress();

    // Then
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("IPv4 or IPv6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.244.0.7", "fd00::7"})
  void takesAddressesOfBothFamilies(String text) {
    assertThat(new PodConfig.IpAddress().convert(text)).isEqualTo(text);
  }

  private record Told(
      Optional<String> name,
      Optional<String> namespace,
      Optional<String> ip,
      Optional<String> node,
      Optional<String> serviceAccount)
      implements PodConfig {
    Told() {
      this(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  private record Mark(Optional<String> color, Optional<String> message)
      implements VersionMarkConfig {
    Mark() {
      this(Optional.empty(), Optional.empty());
    }

    @Override
    public Optional<Path> messageFile() {
      return Optional.empty();
    }
  }
}
