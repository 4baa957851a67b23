package io.podlab.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.config.http.ProblemException;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.snapshot.Snapshot;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
  private static final Snapshot LIVE = Snapshot.of(Map.of("color", "red"), Map.of());
  private static final int ONE_MEBIBYTE = 1024 * 1024;

  private static Check check(String candidate) {
    return Check.of(Candidate.parse(candidate), LIVE, Optional.empty());
  }

  private static String manifest(String body) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: demo\n" + body;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "color: blue",
        "{\"color\": \"blue\"}",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  color: blue",
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"data\":{\"color\":\"blue\"}}",
        "{\"kind\":\"ConfigMap\",\"binaryData\":{\"color\":\"Ymx1ZQ==\"}}",
      })
  void tellsWhatWouldChange(String candidate) {
    // When
    Check check = check(candidate);

    // Then
    assertThat(check.accepted()).isTrue();
    assertThat(check.changes()).extracting(Change::sentence).containsExactly("color: red -> blue");
    assertThat(check.bytes()).isEqualTo(4);
  }

  @Test
  void takesBareKeysThatAreNested() {
    assertThat(check("{\"color\":\"red\",\"log\":{\"level\":\"DEBUG\"}}").changes())
        .extracting(Change::sentence)
        .containsExactly("+ log.level: DEBUG");
  }

  @Test
  void tellsErrorsByKey() {
    // When
    Check check = check(manifest("data:\n  color: blurple\n  refresh: '0'\n"));

    // Then
    assertThat(check.accepted()).isFalse();
    assertThat(check.errors())
        .extracting(KeyError::key)
        .containsExactlyInAnyOrder("color", "refresh");
    assertThat(check.server()).isEmpty();
    assertThat(check.plainText())
        .startsWith("this service would reject it\n  ! color \"blurple\": accepted: ");
  }

  @ParameterizedTest
  @CsvSource({
    "x: 1, a number",
    "x: true, a boolean",
    "x: {a: b}, a map",
    "x: [a], a list",
    "x: 2026-01-01, no text"
  })
  void tellsWhatIsNoTextInAManifest(String data, String what) {
    assertThat(check(manifest("data:\n  " + data)).errors())
        .singleElement()
        .extracting(KeyError::why)
        .isEqualTo("in data: it is " + what + ", and a ConfigMap takes text: put it in quotes");
  }

  @Test
  void tellsWhatIsNoBase64() {
    assertThat(check(manifest("binaryData:\n  x: '%%%'\ndata:\n  y: a")).errors())
        .singleElement()
        .extracting(KeyError::sentence)
        .isEqualTo("x \"%%%\": in binaryData: it is no base64");
  }

  @Test
  void countsValueBytesAsTheApiServerDoes() {
    // When: two bytes of text in UTF-8, and three of binary data.
    Check check = check(manifest("data:\n  key: é\nbinaryData:\n  logo: AAAA\n"));

    // Then
    assertThat(check.bytes()).isEqualTo(5);
  }

  @Test
  void takesOneMebibyteAndNotAByteMore() {
    assertThat(check("x: " + "y".repeat(ONE_MEBIBYTE)).server()).isEmpty();
    assertThat(check("x: " + "y".repeat(ONE_MEBIBYTE + 1)).server())
        .containsExactly("[]: Too long: must have at most 1048576 bytes");
  }

  @Test
  void knowsTheLimitOfKubectlApply() {
    // Given: what is around the values in the annotation.
    long around = check(manifest("data:\n  x: ''\n")).appliedBytes();
    int most = 256 * 1024;

    // When
    Check fits = check(manifest("data:\n  x: " + "y".repeat((int) (most - around)) + "\n"));
    Check over = check(manifest("data:\n  x: " + "y".repeat((int) (most - around + 1)) + "\n"));

    // Then
    assertThat(fits.apply()).isEmpty();
    assertThat(over.apply())
        .contains("metadata.annotations: Too long: must have at most 262144 bytes");
    assertThat(over.accepted()).isTrue();
  }

  @Test
  void writesTheAnnotationAsKubectlDoes() {
    // Given:
    // {"apiVersion":"v1","data":{"x":"\u003c"},"kind":"ConfigMap","metadata":{"annotations":{},
    // "name":"demo","namespace":"default"}} and a newline
    int json = 126;

    // When, Then
    assertThat(check(manifest("data:\n  x: <\n")).appliedBytes())
        .isEqualTo(json + 1 + "kubectl.kubernetes.io/last-applied-configuration".length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a b   | a valid config key must consist of alphanumeric characters, '-', '_' or '.'
          é     | a valid config key must consist of alphanumeric characters, '-', '_' or '.'
          .     | must not be '.'
          ..    | must not be '..'
          ..x   | must not start with '..'
          """)
  void tellsWhichKeysNoConfigMapCanHave(String key, String why) {
    assertThat(check(manifest("data:\n  '" + key + "': x\n")).server())
        .containsExactly("data[%s]: Invalid value: \"%s\": %s".formatted(key, key, why));
  }

  @Test
  void tellsThatAKeyIsTooLong() {
    assertThat(check(manifest("data:\n  " + "k".repeat(253) + ": x\n")).server()).isEmpty();
    assertThat(check(manifest("data:\n  " + "k".repeat(254) + ": x\n")).server())
        .singleElement()
        .asString()
        .endsWith("must be no more than 253 characters");
  }

  @Test
  void tellsOfAKeyInBothParts() {
    assertThat(check(manifest("data:\n  x: a\nbinaryData:\n  x: AAAA\n")).server())
        .containsExactly("data[x]: Invalid value: \"x\": duplicate of key present in binaryData");
  }

  @Test
  void tellsThatTheLiveOneIsImmutable() {
    // When
    Check other = Check.of(Candidate.parse("color: blue"), LIVE, Optional.of(true));
    Check same = Check.of(Candidate.parse("color: red"), LIVE, Optional.of(true));

    // Then
    assertThat(other.server())
        .containsExactly("data: Forbidden: field is immutable when `immutable` is set");
    assertThat(same.accepted()).isTrue();
    assertThat(same.plainText()).contains("the live ConfigMap is immutable");
  }

  @Test
  void tellsThatNoKeysAreNoConfiguration() {
    assertThat(check(manifest("")).errors())
        .extracting(KeyError::why)
        .containsExactly("there are no keys: what is in effect would stay");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "- a",
        "text",
        "a: b: c",
        "{\"a\":",
        "kind: Secret\napiVersion: v1",
        "a: 1\n---\nb: 1",
        "kind: ConfigMap\ndata: text",
        "a: &a [*a]",
      })
  void refusesWhatIsNeitherAManifestNorKeys(String candidate) {
    assertThatThrownBy(() -> Candidate.parse(candidate)).isInstanceOf(ProblemException.class);
  }
}
