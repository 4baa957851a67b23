package io.podlab.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.config.http.ProblemException;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Reading;
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
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"x\"},\"data\":{\"color\":\"blue\"}}",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: x}\nbinaryData: {color: Ymx1ZQ==}",
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
        .startsWith("it would be rejected\n  ! color \"blurple\": accepted: ");
  }

  @ParameterizedTest
  @CsvSource({
    "x: 1, a number",
    "x: true, a boolean",
    "x: {a: b}, a map",
    "x: [a], a list",
    "x: y, a boolean",
    "x: NO, a boolean",
    "x: On, a boolean",
    "x: 0o17, a number",
    "x: 08, a number",
    "x: 1_000, a number",
    "x: 1., a number",
    "x: .inf, a number",
    "x: null, null",
    "x: ~, null",
    "x: , null"
  })
  void tellsWhatIsNoTextInAManifest(String data, String what) {
    assertThat(check(manifest("data:\n  " + data)).errors())
        .singleElement()
        .extracting(KeyError::why)
        .isEqualTo("in data: it is " + what + ", and a ConfigMap takes text: put it in quotes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"12:30", "2001-01-01", "2001-12-14t21:59:43.10-05:00", "tRue", "nULL", "_1", "0x"})
  void takesAsTextWhatKubectlTakesAsText(String value) {
    // When
    Check check = check(manifest("data:\n  x: " + value + "\n"));

    // Then
    assertThat(check.accepted()).isTrue();
    assertThat(check.changes()).extracting(Change::sentence).contains("+ x: " + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%%", "YQ", "YQ=", "Y Q==", "-_==", "YQ==YQ=="})
  void tellsWhatIsNoBase64(String value) {
    assertThat(check(manifest("binaryData:\n  x: '" + value + "'\ndata:\n  y: a")).errors())
        .singleElement()
        .extracting(KeyError::sentence)
        .isEqualTo("x \"" + value + "\": in binaryData: it is no base64");
  }

  @Test
  void takesLineBreaksInBase64() {
    assertThat(check(manifest("binaryData:\n  x: \"YQ\\n==\\n\"\n")).accepted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kind: ConfigMap;metadata: {name: a}                             | apiVersion not set
          apiVersion: v2;kind: ConfigMap;metadata: {name: a}              | no matches for kind "ConfigMap" in version "v2"
          apiVersion: 1;kind: ConfigMap;metadata: {name: a}               | apiVersion isn't string type
          apiVersion: v1;kind: ConfigMap                                  | metadata.name: Required value: name or generateName is required
          apiVersion: v1;kind: ConfigMap;metadata: {name: Bad_Name}       | metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must
          apiVersion: v1;kind: ConfigMap;metadata: {name: 12}             | metadata.name is a number
          apiVersion: v1;kind: ConfigMap;metadata: {name: a};datas: {}    | ValidationError(ConfigMap): unknown field "datas" in io.k8s.api.core.v1.ConfigMap
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, foo: b}      | ValidationError(ConfigMap.metadata): unknown field "foo" in io.k8s.apimachinery
          apiVersion: v1;kind: ConfigMap;metadata: {name: a};immutable: x | immutable is a text
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, labels: {a: 1}} | metadata.labels.a is a number
          """)
  void tellsWhatIsNoConfigMap(String manifest, String why) {
    // When
    Check check = check(manifest.replace(';', '\n') + "\ndata: {color: blue}\n");

    // Then
    assertThat(check.accepted()).isFalse();
    assertThat(check.server()).singleElement().asString().startsWith(why);
    assertThat(check.plainText()).startsWith("kubectl or the API server would refuse it\n");
  }

  @Test
  void countsAllAnnotationsAsTheApiServerDoes() {
    // Given
    String head =
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\n  annotations:\n    note: ";
    String tooLong = "metadata.annotations: Too long: must have at most 262144 bytes";

    // When
    Check both = check(head + "n".repeat(140_000) + "\ndata: {x: " + "y".repeat(60_000) + "}");
    Check most = check(head + "n".repeat(262_140) + "\ndata: {x: z}");
    Check over = check(head + "n".repeat(262_141) + "\ndata: {x: z}");

    // Then
    assertThat(both.apply()).contains(tooLong);
    assertThat(both.accepted()).isTrue();
    assertThat(most.accepted()).isTrue();
    assertThat(over.server()).containsExactly(tooLong);
  }

  @Test
  void refusesAliasesThatGrowWithoutBound() {
    // Given: 1 MB of text, doubled nine times.
    StringBuilder bomb = new StringBuilder("z: [&a0 [\"" + "x".repeat(1_000_000) + "\"]");
    for (int i = 1; i < 10; i++) {
      bomb.append(", &a%d [*a%d, *a%d]".formatted(i, i - 1, i - 1));
    }

    // When, Then
    assertThatThrownBy(() -> Candidate.parse(manifest(bomb + "]\n")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("with its aliases it is longer than a ConfigMap can be");
    assertThatThrownBy(() -> Candidate.parse(manifest("data: " + bomb.substring(3) + "]\n")))
        .isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x: [%s]", "{\"kind\": \"ConfigMap\", \"x\": [%s0]}", "kind: ConfigMap\nx: [%s]"})
  void refusesMoreValuesThanFitTheMemory(String form) {
    assertThatThrownBy(() -> Candidate.parse(form.formatted("0,".repeat(1_000_000))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("it has more ");
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

  private static Optional<Reading.Content> immutable(Snapshot snapshot) {
    return Optional.of(new Reading.Content(snapshot, Optional.of("1"), Optional.empty(), true));
  }

  @Test
  void tellsThatTheLiveOneIsImmutable() {
    // When
    Check other = Check.of(Candidate.parse("color: blue"), LIVE, immutable(LIVE));
    Check same = Check.of(Candidate.parse("color: red"), LIVE, immutable(LIVE));
    Check freed =
        Check.of(
            Candidate.parse(manifest("immutable: false\ndata: {color: red}")),
            LIVE,
            immutable(LIVE));

    // Then
    assertThat(other.server())
        .containsExactly("data: Forbidden: field is immutable when `immutable` is set");
    assertThat(same.accepted()).isTrue();
    assertThat(same.plainText()).contains("the live ConfigMap is immutable");
    assertThat(freed.server())
        .containsExactly("immutable: Forbidden: field is immutable when `immutable` is set");
  }

  @Test
  void comparesAnImmutableOneWithTheApiAndNotWithWhatIsInEffect() {
    // Given: what is in effect comes from elsewhere.
    Snapshot api = Snapshot.of(Map.of("color", "blue"), Map.of("logo", "/w=="));

    // When, Then
    assertThat(Check.of(Candidate.parse("color: red"), LIVE, immutable(api)).server())
        .containsExactly(
            "data: Forbidden: field is immutable when `immutable` is set",
            "binaryData: Forbidden: field is immutable when `immutable` is set");
    assertThat(
            Check.of(
                    Candidate.parse(manifest("data: {color: blue}\nbinaryData: {logo: /w==}")),
                    LIVE,
                    immutable(api))
                .accepted())
        .isTrue();
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
