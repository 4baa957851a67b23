package io.podlab.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Reading;
import io.podlab.kit.http.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                      | it is empty
          '# nothing'                             | it is empty
          just words                              | it is no map of keys to values
          'data: {color: blue}'                   | a manifest needs kind: ConfigMap
          '{"metadata": {"name": "x"}}'           | a manifest needs kind: ConfigMap
          'kind: Secret'                          | its kind is Secret
          'metadata: {name: demo, x: .inf}'       | it is no YAML that kubectl takes
          'data: {x: .inf}'                       | it is no YAML that kubectl takes
          '{"color": }'                           | it is no JSON: line 1
          'kind: ConfigMapdata:  color: blue'     | unless by --data-binary
          """)
  void saysWhatIsMissing(String candidate, String why) {
    assertThatThrownBy(() -> check(candidate))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(why);
  }

  @Test
  void saysWhatIsTooLongInJson() {
    assertThatThrownBy(() -> check("{\"color\": 1" + "0".repeat(1_000) + "}"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("a number has more than 1,000 digits");
    assertThatThrownBy(() -> check("{\"" + "k".repeat(60_000) + "\": 1}"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("a key is longer than 253 characters");
  }

  @Test
  void saysWhichCharacterNoYamlHas() {
    assertThatThrownBy(() -> check("color: red\nsize: a\u0001"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("it is no YAML that is taken here: U+0001 in line 2");
  }

  /** What curl has taken away makes no other error. */
  @ParameterizedTest
  @ValueSource(strings = {"kind: Secret", "data: {color: blue}", "{\"a\": 1"})
  void hintsAtLineBreaksOnlyWhereTheyMayBeMissing(String candidate) {
    assertThatThrownBy(() -> check(candidate))
        .isInstanceOf(ProblemException.class)
        .hasMessageNotContaining("--data-binary");
  }

  /** {@code time.RFC3339} as Go reads it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2001-01-01T10:00:00Z              | true
          2001-01-01T1:00:00Z               | true
          2001-01-01T10:00:00,5Z            | true
          2001-01-01T10:00:00.12345678901Z  | true
          2001-01-01T10:00:00+99:99         | true
          0000-01-01T00:00:00-00:00         | true
          2001-01-01T24:00:00Z              | false
          2001-01-01T10:00:60Z              | false
          2001-01-01T10:60:00Z              | false
          2001-02-30T10:00:00Z              | false
          2001-01-01t10:00:00z              | false
          2001-01-01T10:00Z                 | false
          2001-01-01T10:00:00+0100          | false
          2001-01-01T10:00:00+01            | false
          2001-01-01                        | false
          """)
  void readsTimesAsGoDoes(String time, boolean taken) {
    assertThat(
            check(manifest("  creationTimestamp: '%s'\ndata: {x: z}".formatted(time))).accepted())
        .isEqualTo(taken);
  }

  @Test
  void saysWhichKeysHaveNoMeaning() {
    // When
    Check check = check("colour: blue\nfeatures.any: 'true'\n");

    // Then
    assertThat(check.accepted()).isTrue();
    assertThat(check.unknown()).containsExactly("colour");
    assertThat(check.plainText()).endsWith("\nunknown keys, kept as they are: colour\n");
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
        .startsWith("it would be rejected\n  ! color \"blurple\": it must be ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x: 1          | v1.ConfigMap.Data: ReadString: expects " or n, but found 1
          x: 5.0e-3     | v1.ConfigMap.Data: ReadString: expects " or n, but found 0
          x: y          | v1.ConfigMap.Data: ReadString: expects " or n, but found t
          x: NO         | v1.ConfigMap.Data: ReadString: expects " or n, but found f
          x: On         | v1.ConfigMap.Data: ReadString: expects " or n, but found t
          x: 0o17       | v1.ConfigMap.Data: ReadString: expects " or n, but found 1
          x: 0b11       | v1.ConfigMap.Data: ReadString: expects " or n, but found 3
          x: 0b-1       | v1.ConfigMap.Data: ReadString: expects " or n, but found -
          x: 0b+1       | v1.ConfigMap.Data: ReadString: expects " or n, but found 1
          x: 0x00000000000000000000000000000000000000000000000000000000000000000000001 | v1.ConfigMap.Data: ReadString: expects " or n, but found 1
          x: 0b00000000000000000000000000000000000000000000000000000000000000000000001 | v1.ConfigMap.Data: ReadString: expects " or n, but found 1
          x: 0o00000000000000000000000000000000000000000000000000000000000000000000007 | v1.ConfigMap.Data: ReadString: expects " or n, but found 7
          x: 00000000000000000000000000000000000000000000000000000000000000000000007 | v1.ConfigMap.Data: ReadString: expects " or n, but found 7
          features.x: yes | v1.ConfigMap.Data: ReadString: expects " or n, but found t; data.features.x is a boolean: put it in quotes
          x: 0x10       | v1.ConfigMap.Data: ReadString: expects " or n, but found 1; data.x is an integer: put it in quotes
          x: 1.5        | v1.ConfigMap.Data: ReadString: expects " or n, but found 1; data.x is a number: put it in quotes
          x: 08         | v1.ConfigMap.Data: ReadString: expects " or n, but found 8
          x: 1_000      | v1.ConfigMap.Data: ReadString: expects " or n, but found 1
          x: 1.         | v1.ConfigMap.Data: ReadString: expects " or n, but found 1
          x: .5_5       | v1.ConfigMap.Data: ReadString: expects " or n, but found 0
          x: !!int "5"  | v1.ConfigMap.Data: ReadString: expects " or n, but found 5
          x: null       | unknown object type "nil" in ConfigMap.data.x
          x: ~          | unknown object type "nil" in ConfigMap.data.x
          x:            | unknown object type "nil" in ConfigMap.data.x
          x: !!null ''  | unknown object type "nil" in ConfigMap.data.x
          ? x           | unknown object type "nil" in ConfigMap.data.x
          x: {a: b}     | ValidationError(ConfigMap.data.x): invalid type for io.k8s.api.core.v1.ConfigMap.data: got "map", expected "string"
          x: !!set {a}  | ValidationError(ConfigMap.data.x): invalid type for io.k8s.api.core.v1.ConfigMap.data: got "map", expected "string"
          x: !foo [a]   | ValidationError(ConfigMap.data.x): invalid type for io.k8s.api.core.v1.ConfigMap.data: got "array", expected "string"
          x:y           | ValidationError(ConfigMap.data): invalid type for io.k8s.api.core.v1.ConfigMap.data: got "string", expected "map"
          """)
  void tellsWhatIsNoTextInAManifest(String data, String refusal) {
    assertThat(check(manifest("data:\n  " + data)).server())
        .singleElement()
        .asString()
        .startsWith(refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12:30",
        "2001-01-01",
        "2001-12-14t21:59:43.10-05:00",
        "tRue",
        "nULL",
        "_1",
        "0x",
        "-0b-1",
        "0B-1",
        "0x-1",
        "0xfffffffffffffffff",
        "1e400",
        ".1_",
        ".iNF",
        "NaN",
        "=",
        "<<"
      })
  void takesAsTextWhatKubectlTakesAsText(String value) {
    // When
    Check check = check(manifest("data:\n  x: " + value + "\n"));

    // Then
    assertThat(check.accepted()).isTrue();
    assertThat(check.changes()).extracting(Change::sentence).contains("+ x: " + value);
  }

  /** What stands on the left, kubectl and the API server take for what stands on the right. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data: {x: a, x: b}                       | + x: b
          data: {x: 1, x: b}                       | + x: b
          data: {y: a};data: {x: b}                | + x: b
          data: {<<: {x: a}, x: b}                 | + x: b
          data: {x: a, <<: {x: b}}                 | + x: b
          data: {<<: [{x: b}, {x: a}]}             | + x: b
          metadata: {name: B_};metadata: {name: x};data: {x: b} | + x: b
          binaryData: &a {};data: {x: &b b}        | + x: b
          data: {x: ! 5}                           | + x: 5
          data: {x: !!str 5}                       | + x: 5
          data: {x: !foo 5}                        | + x: 5
          data: {x: !!timestamp 2001-1-1}          | + x: 2001-1-1
          data: {x: !!timestamp 2001-1-1 1:2:3.5}  | + x: 2001-1-1 1:2:3.5
          data: {x: !!timestamp 2001-01-01t1:2:3.5+01:00} | + x: 2001-01-01t1:2:3.5+01:00
          data: {x: !!python/object:os.system b}   | + x: b
          data: {x: !!binary Yg==}                 | + x: b
          data: {1: b}                             | + 1: b
          data: {0x10: b}                          | + 16: b
          data: {1.10: b}                          | + 1.1: b
          data: {1e-7: b}                          | + 1e-07: b
          data: {yes: b}                           | + true: b
          data: {.inf: b}                          | + .inf: b
          data: {x: b};foo: ~                      | + x: b
          ---;data: {x: b};...;foo: [              | + x: b
          """)
  void takesWhatKubectlTakes(String body, String change) {
    // Given
    String[] documents = body.replace(';', '\n').split("---\n");
    String candidate =
        "---\n# nothing\n---\n" + manifest(documents[documents.length - 1]) + "\n---\n";

    // When
    Check check = check(candidate);

    // Then
    assertThat(check.server()).isEmpty();
    assertThat(check.errors()).isEmpty();
    assertThat(check.changes()).extracting(Change::sentence).contains(change);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x: !!int 1.5",
        "x: !!bool x",
        "x: !!binary '%'",
        "x: .nan",
        "null: b",
        "18446744073709551615: b",
        "x: \"\\ud83d\\ude00\"",
        "x: \"\\/\"",
        "x: |\n    \ta",
        "x: |  # v2\n    \ta",
        "x: >-\u0085    \ta",
        "x: |\u2028    \ta",
        "x: |4\n    \ta",
        "x: !!timestamp 2001-13-01",
        "x: !!timestamp 2001-02-30",
        "x: !!timestamp 2001-01-01 foo",
        "x: !!timestamp 2001-01-01 10:00",
        "x: !!timestamp 2001-01-01 10:00:00Z",
        "x: !!timestamp 2001-01-01T10:00:00",
        "x: &\u00e9 a",
        "<<: x",
        "? [a]\n  : b",
        "x: a\u0001",
        "x: 'a\n---\n  b'",
        "x: a\n---\u001c\n"
      })
  void refusesYamlThatKubectlRefuses(String data) {
    assertThatThrownBy(() -> check(manifest("data:\n  " + data + "\n")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("it is no YAML that ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "data":{"x":"a","x":"b"}       | 1
          "data":{"x":1,"\\u0078":"b"}   | 1
          "data":{"x":"\\ud800"}         | 3
          "data":{"x":"\\ud83d\\ude00"}  | 4
          "data":{"x":"\\u0000"}         | 1
          """)
  void takesJsonThatKubectlTakes(String data, int bytes) {
    // When
    Check check =
        check(
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"x\"},"
                + data
                + "} null");

    // Then
    assertThat(check.accepted()).isTrue();
    assertThat(check.bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"metadata\":{\"name\":\"x\",\"labels\":{\"a\":\"b\",\"a\":\"b\"}}}",
        "\"data\":{\"x\":\"a\",}}",
        "\"data\":{\"x\":NaN}}",
        "\"data\":{\"x\":1e999}}",
        "\"data\":{\"x\":\"a\"}} x",
        "\"data\":{\"x\":\"a\"}}{\"kind\":\"ConfigMap\"}",
        "\"data\":{/**/}}",
      })
  void refusesJsonThatKubectlRefuses(String rest) {
    assertThatThrownBy(() -> check("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"," + rest))
        .isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%%", "YQ", "YQ=", "Y Q==", "-_==", "YQ==YQ=="})
  void tellsWhatIsNoBase64(String value) {
    assertThat(check(manifest("binaryData:\n  x: '" + value + "'\ndata:\n  y: a")).server())
        .containsExactly(
            "v1.ConfigMap.BinaryData: decode base64: illegal base64 data: binaryData.x");
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
          apiVersion: v1;kind: ConfigMap;metadata: {name: 12} | v1.ObjectMeta.Name: ReadString: expects " or n, but found 1
          apiVersion: v1;kind: ConfigMap;metadata: {name: a};datas: {} | ValidationError(ConfigMap): unknown field "datas" in io.k8s.api.core.v1.ConfigMap
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, foo: b} | ValidationError(ConfigMap.metadata): unknown field "foo" in io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta
          apiVersion: v1;kind: ConfigMap;metadata: {name: a};immutable: x | ValidationError(ConfigMap.immutable): invalid type for io.k8s.api.core.v1.ConfigMap.immutable: got "string", expected "boolean"
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, labels: {a: 1}} | v1.ObjectMeta.Labels: ReadString: expects " or n, but found 1
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, labels: {a: ~}} | unknown object type "nil" in ConfigMap.metadata.labels.a
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, labels: {a: -b}} | metadata.labels: Invalid value: "-b": a valid label must be an empty string or consist of
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, labels: {X/y: b}} | metadata.labels: Invalid value: "X/y": prefix part a lowercase RFC 1123 subdomain must
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, labels: {x/y/z: b}} | metadata.labels: Invalid value: "x/y/z": a qualified name must consist of
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, annotations: {a b: c}} | metadata.annotations: Invalid value: "a b": name part must consist of
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, annotations: {/y: c}} | metadata.annotations: Invalid value: "/y": prefix part must be non-empty
          apiVersion: v1;kind: ConfigMap;metadata: {generateName: A} | metadata.generateName: Invalid value: "A": a lowercase RFC 1123 subdomain must
          apiVersion: v1;kind: ConfigMap;metadata: {generateName: A-} | metadata.name: Invalid value: "A-xxxxx": a lowercase RFC 1123 subdomain must
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, namespace: A_b} | namespaces "A_b" not found
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, generation: x} | ValidationError(ConfigMap.metadata.generation): invalid type for io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta.generation: got "string", expected "integer"
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, generation: 1.5} | v1.ObjectMeta.Generation: assertInteger: can not decode float as int
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, generation: -1} | metadata.generation: Invalid value: -1: must be greater than or equal to 0
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, creationTimestamp: 2020-01-01} | v1.ObjectMeta.CreationTimestamp: unmarshalerDecoder: parsing time "2020-01-01" as "2006-01-02T15:04:05Z07:00"
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, finalizers: [a]} | metadata.finalizers[0]: Invalid value: "a": name is neither a standard finalizer name nor is it fully qualified
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, finalizers: a} | ValidationError(ConfigMap.metadata.finalizers): invalid type for io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta.finalizers: got "string", expected "array"
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, ownerReferences: [{apiVersion: v1, kind: Pod, name: a}]} | ValidationError(ConfigMap.metadata.ownerReferences[0]): missing required field "uid" in io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, ownerReferences: [x]} | ValidationError(ConfigMap.metadata.ownerReferences[0]): invalid type for io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference: got "string", expected "map"
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, ownerReferences: [{apiVersion: a/b/c, kind: Pod, name: a, uid: b}]} | metadata.ownerReferences.apiVersion: Invalid value: "a/b/c": version must not be empty
          apiVersion: v1;kind: ConfigMap;metadata: {name: a, ownerReferences: [{apiVersion: /v1, kind: Event, name: a, uid: b}]} | metadata.ownerReferences: Invalid value: /v1, Kind=Event is disallowed from being an owner
          apiVersion: v1;kind: ConfigMap;metadata: {name: a};items: ~ | no objects passed to create
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
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("with its aliases it is longer than a ConfigMap can be");
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

  /** Go's {@code encoding/json} writes more of it than other libraries do. */
  @ParameterizedTest
  @CsvSource({
    "<, 6",
    "a&>, 13",
    "\\\", 2",
    "\\\\, 2",
    "\\n\\t\\r, 6",
    "\\x01\\b\\f\\x1f, 24",
    "\\x7f\\x80, 3",
    "\\u2028\\u2029, 12",
    "é漢, 5",
    "\\U0001F600, 4",
    "\\uFFFD\\uFEFF, 6"
  })
  void writesTheAnnotationAsKubectlDoes(String value, int bytes) {
    // Given:
    // {"apiVersion":"v1","data":{"x":""},"kind":"ConfigMap","metadata":{"annotations":{},
    // "name":"demo","namespace":"default"}} and a newline
    int json = 120;

    // When, Then
    assertThat(check(manifest("data:\n  x: \"" + value + "\"\n")).appliedBytes())
        .isEqualTo(json + bytes + 1 + "kubectl.kubernetes.io/last-applied-configuration".length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a b   | a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
          é     | a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
          .     | must not be '.'
          ..    | must not be '..'
          ..x   | must not start with '..'
          'a '  | a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
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

  private static Optional<Live> immutable(Snapshot snapshot) {
    return Optional.of(
        new Live(
            "default",
            "demo",
            Optional.of(new Reading.Content(snapshot, Optional.of("1"), Optional.empty(), true))));
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
    Check left = Check.of(Candidate.parse(manifest("data: {color: red}")), LIVE, immutable(api));
    assertThat(left.server())
        .containsExactly("data: Forbidden: field is immutable when `immutable` is set");
    assertThat(left.replace())
        .contains(
            "immutable: Forbidden: field is immutable when `immutable` is set; "
                + "binaryData: Forbidden: field is immutable when `immutable` is set");
    assertThat(
            Check.of(
                    Candidate.parse(manifest("data: {color: blue}\nbinaryData: {logo: /w==}")),
                    LIVE,
                    immutable(api))
                .accepted())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          immutable: true;data: {color: red, size: s}  | true  |
          data: {color: red, size: s}                  | true  | immutable
          immutable: true;data: {color: red}           | true  | data
          data: {color: red}                           | true  | immutable; data
          immutable: true;data: {color: blue, size: s} | false |
          """)
  void tellsWhatOnlyReplaceFailsWith(String body, boolean accepted, String fields) {
    // Given
    Snapshot held = Snapshot.of(Map.of("color", "red", "size", "s"), Map.of());

    // When
    Check check =
        Check.of(Candidate.parse(manifest(body.replace(';', '\n'))), LIVE, immutable(held));

    // Then: kubectl apply leaves what is left out, for it was never applied.
    String why = ": Forbidden: field is immutable when `immutable` is set";
    assertThat(check.accepted()).isEqualTo(accepted);
    assertThat(check.replace())
        .isEqualTo(
            Optional.ofNullable(fields).map(all -> all.replace("; ", why + "; ").concat(why)));
  }

  /** {@code kubectl create} or {@code apply} has made the live one; nothing is for create. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          true  | -                                    | data: {color: red, size: a};immutable: true    | data: F          | data[size]: D | binaryData: F
          false | -                                    | data: {color: red, size: a}                    | -                | data[size]: D | -
          true  | -                                    | data: {color: red};binaryData: {size: Yg==};immutable: true | binaryData: F | - | -
          true  | -                                    | data: {color: red};binaryData: {size: YQ==};immutable: ~ | immutable: F  | - | -
          true  | -                                    | data: ~;binaryData: {size: YQ==};immutable: true | data: F        | -             | -
          true  | -                                    | data: {};binaryData: {size: YQ==};immutable: true | -             | -             | data: F
          true  | -                                    | data: {color: red};immutable: true             | -                | -             | binaryData: F
          true  | {"data":{"color":"red"}}             | data: {};binaryData: {size: YQ==};immutable: true | data: F       | -             | -
          true  | {"data":{"color":"red"}}             | binaryData: {size: YQ==};immutable: true       | data: F          | -             | -
          true  | {"binaryData":{"size":"YQ=="}}       | data: {color: red};immutable: true             | binaryData: F    | -             | -
          true  | {"immutable":true}                   | data: {color: red};binaryData: {size: YQ==}    | immutable: F     | -             | -
          true  | {"data":{"gone":"x"}}                | data: {color: red};immutable: true             | -                | -             | binaryData: F
          false | {"binaryData":{"size":"YQ=="}}       | data: {color: red, size: a}                    | -                | -             | -
          true  | no JSON                              | data: {color: red};immutable: true             | -                | -             | binaryData: F
          """)
  void comparesWithHowTheLiveOneIsWritten(
      boolean immutable, String applied, String body, String both, String apply, String replace) {
    // Given
    Reading.Content content =
        new Reading.Content(
            Snapshot.of(Map.of("color", "red"), Map.of("size", "YQ==")),
            Optional.of("1"),
            Optional.empty(),
            immutable,
            new Reading.Written(Set.of("size"), Optional.ofNullable(applied)));

    // When
    Check check =
        Check.of(
            Candidate.parse(manifest(body.replace(';', '\n'))),
            LIVE,
            Optional.of(new Live("default", "demo", Optional.of(content))));

    // Then
    assertThat(String.join("; ", check.server())).isEqualTo(whole(both));
    assertThat(check.apply().orElse("")).isEqualTo(whole(apply));
    assertThat(check.replace().orElse("")).isEqualTo(whole(replace));
    assertThat(check.accepted()).isEqualTo(both == null && (apply == null || replace == null));
  }

  private static String whole(String refusal) {
    return refusal == null
        ? ""
        : refusal
            .replace(": F", ": Forbidden: field is immutable when `immutable` is set")
            .replace(": D", ": Invalid value: \"size\": duplicate of key present in binaryData");
  }

  @Test
  void countsWhatApplyLeaves() {
    // Given
    Snapshot held = Snapshot.of(Map.of("y", "y".repeat(ONE_MEBIBYTE)), Map.of());
    Optional<Live> live =
        Optional.of(
            new Live(
                "default",
                "demo",
                Optional.of(new Reading.Content(held, Optional.of("1"), Optional.empty(), false))));

    // When
    Check check = Check.of(Candidate.parse("x: z"), LIVE, live);

    // Then
    assertThat(check.apply()).contains("[]: Too long: must have at most 1048576 bytes");
    assertThat(check.accepted()).isTrue();
    assertThat(check.plainText()).startsWith("it would be accepted by kubectl replace\n");
  }

  @Test
  void knowsTheNameOfALiveOneThatIsDeleted() {
    // Given
    Optional<Live> live =
        Optional.of(Live.of("n".repeat(63) + "/demo", new Reading.Gone("it does not exist")));

    // When
    Check other = Check.of(Candidate.parse(manifest("").replace("demo", "b")), LIVE, live);
    Check bare = Check.of(Candidate.parse("x: z"), LIVE, live);
    Check long1 = Check.of(Candidate.parse("x: " + "y".repeat(262_144)), LIVE, live);

    // Then
    assertThat(other.errors())
        .extracting(KeyError::why)
        .contains(
            "it is another ConfigMap than %s/demo, which is read here".formatted("n".repeat(63)));
    assertThat(bare.appliedBytes())
        .isEqualTo(
            check("x: z").appliedBytes() + 63 - "default".length() - "configmap".length() + 4);
    assertThat(bare.immutable()).isEmpty();
    assertThat(long1.plainText()).startsWith("it would be accepted by kubectl create\n");
  }

  /** As the API server has it, whatever kubectl does. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0    |
          00   |
          7    |
          07   |
          1    | Operation cannot be fulfilled on configmaps "demo": the object has been modified; please apply your changes to the latest version and try again
          abc  | strconv.ParseUint: parsing "abc": invalid syntax
          -1   | strconv.ParseUint: parsing "-1": invalid syntax
          """)
  void comparesTheResourceVersion(String version, String refusal) {
    // Given
    Optional<Live> live =
        Optional.of(
            new Live(
                "default",
                "demo",
                Optional.of(new Reading.Content(LIVE, Optional.of("7"), Optional.empty(), false))));

    // When
    Check check =
        Check.of(
            Candidate.parse(
                manifest("  resourceVersion: '%s'\ndata: {color: red}".formatted(version))),
            LIVE,
            live);

    // Then
    assertThat(check.server())
        .isEqualTo(Optional.ofNullable(refusal).map(List::of).orElse(List.of()));
  }

  @Test
  void tellsThatTheLiveOneIsAnotherOrHasChanged() {
    // Given
    Optional<Live> live =
        Optional.of(
            new Live(
                "lab",
                "demo",
                Optional.of(new Reading.Content(LIVE, Optional.of("7"), Optional.empty(), true))));

    // When
    Check named =
        Check.of(Candidate.parse(manifest("data: {x: a}").replace("demo", "b")), LIVE, live);
    Check elsewhere =
        Check.of(Candidate.parse(manifest("  namespace: default\ndata: {x: a}")), LIVE, live);
    Check changed =
        Check.of(
            Candidate.parse(manifest("  resourceVersion: '6'\ndata: {color: red}")), LIVE, live);

    // Then
    for (Check other : List.of(named, elsewhere)) {
      assertThat(other.server()).isEmpty();
      assertThat(other.errors())
          .extracting(KeyError::why)
          .containsExactly("it is another ConfigMap than lab/demo, which is read here");
    }
    assertThat(changed.server())
        .containsExactly(
            "Operation cannot be fulfilled on configmaps \"demo\": the object has been modified;"
                + " please apply your changes to the latest version and try again");
  }

  @Test
  void knowsThatApplyTakesNoGeneratedName() {
    // When
    Check check =
        check("apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}\ndata: {x: b}");

    // Then
    assertThat(check.accepted()).isTrue();
    assertThat(check.apply()).contains("cannot use generate name with apply");
  }

  /** {@code kubectl create} and {@code replace} make it anew, too. */
  @ParameterizedTest
  @CsvSource({"'{}', true", "'', false"})
  void countsTheAnnotationOfApplyWhereThereIsOne(String value, boolean refused) {
    // Given
    String annotations =
        "  annotations: {kubectl.kubernetes.io/last-applied-configuration: '%s'}\n"
            .formatted(value);

    // When
    Check check = check(manifest(annotations + "data: {x: " + "y".repeat(262_144) + "}"));

    // Then
    assertThat(check.server())
        .isEqualTo(
            refused
                ? List.of("metadata.annotations: Too long: must have at most 262144 bytes")
                : List.of());
    assertThat(check.apply().isPresent()).isEqualTo(!refused);
  }

  @Test
  void tellsThatNoKeysAreNoConfiguration() {
    assertThat(check(manifest("")).errors())
        .extracting(KeyError::why)
        .containsExactly("there are no keys: what is in effect would stay");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                           | it is empty
          - a                          | it is no map of keys to values
          text                         | it is no map of keys to values
          a: b: c                      | mapping values are not allowed here in line 1
          {"a":                        | it is no JSON: line 1
          kind: Secret;apiVersion: v1  | its kind is Secret
          a: 1;---;b: 1                | it has 2 documents
          a: &a [*a]                   | contains itself
          """)
  void refusesWhatIsNeitherAManifestNorKeys(String candidate, String why) {
    assertThatThrownBy(() -> Candidate.parse(candidate.replace(';', '\n')))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(why);
  }
}
