package io.podlab.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podlab.config.reload.Loaded;
import io.podlab.config.reload.Rollback;
import io.podlab.config.reload.State;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.Document;
import io.podlab.config.settings.KeyError;
import io.podlab.config.settings.Parsed;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Reading;
import io.podlab.config.source.SourceName;
import io.podlab.kit.http.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class CheckTest {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  private static final Snapshot RED = Snapshot.of(Map.of("color", "red"), Map.of());
  private static final int ONE_MEBIBYTE = 1024 * 1024;

  private static Check check(String candidate) {
    return check(candidate, Optional.empty());
  }

  private static Check check(String candidate, Optional<LiveConfigMap> live) {
    return check(candidate, live, Optional.empty());
  }

  private static Check check(
      String candidate, Optional<LiveConfigMap> live, Optional<Rollback> rollback) {
    State state =
        new State(
            new Loaded(
                RED,
                ((Parsed.Valid) SettingsParser.parse(RED)).settings(),
                Optional.empty(),
                Instant.EPOCH,
                false),
            SourceName.API,
            "lab/demo",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            rollback,
            Optional.empty());
    return Check.of(Candidate.parse(candidate, SERIALIZATION), state, live, SERIALIZATION);
  }

  @Test
  void tellsOfNoChangeIfTheSourceHasTheSameAndARollbackStays() {
    // Given
    String blue = Snapshot.of(Map.of("color", "blue"), Map.of()).revision();
    Optional<Rollback> rollback = Optional.of(new Rollback(Instant.EPOCH, Optional.of(blue)));

    // When, Then
    Check same = check("color: blue", Optional.empty(), rollback);
    assertThat(same.changed()).isZero();
    assertThat(same.rollback())
        .contains(
            "the source already has this content; the rollback to %s stays in effect"
                .formatted(RED.revision()));
    assertThat(same.plainText()).contains("0 keys would change\n  the source already has");
    Check other = check("color: green", Optional.empty(), rollback);
    assertThat(other.changed()).isOne();
    assertThat(other.rollback()).isEmpty();
  }

  private static Optional<LiveConfigMap> live(Snapshot snapshot, boolean immutable) {
    return Optional.of(
        new LiveConfigMap(
            "lab",
            "demo",
            Optional.of(
                new Reading.Content(snapshot, Optional.of("1"), Optional.empty(), immutable))));
  }

  /**
   * @param applied the keys that kubectl apply wrote, with commas between them
   */
  private static Optional<LiveConfigMap> live(Snapshot snapshot, String applied) {
    return Optional.of(
        new LiveConfigMap(
            "lab",
            "demo",
            Optional.of(
                new Reading.Content(
                    snapshot,
                    Optional.of("1"),
                    Optional.empty(),
                    false,
                    Set.of(applied.split(","))))));
  }

  /** With {@code ;} for line breaks. */
  private static String manifest(String fields) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: demo\n" + fields.replace(';', '\n');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "color: blue",
        "{\"color\": \"blue\"}",
        "{\n\t\"color\":\t\"bl\\u0075e\"\n}",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  color: blue",
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"x\"},\"data\":{\"color\":\"blue\"}}",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: x}\nbinaryData: {color: Ymx1ZQ==}",
        "---\n# a comment\napiVersion: v1\nkind: ConfigMap\ndata: {color: blue}\nimmutable: true\n",
        "apiVersion: v1\nkind: ConfigMap\ndata: ~\nbinaryData: {color: Ymx1ZQ==}",
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"data\":null,\"binaryData\":{\"color\":\"Ymx1ZQ==\"}}",
        "apiVersion: v1\nkind: ConfigMap\ndata: {color: blue}\nbinaryData: null",
        "apiVersion: v1\nkind: ConfigMap\ndata: {color: blue}\nbinaryData:",
        "apiVersion: v1\nkind: ConfigMap\ndata: {color: blue}\nmetadata: ~",
        "apiVersion: v1\nkind: ConfigMap\ndata: {color: blue}\nmetadata:\n  labels:\n  annotations:\n",
        "apiVersion: v1\nkind: ConfigMap\ndata: {color: blue}\nmetadata: {annotations: {x: ~}, creationTimestamp: null}",
        "apiVersion: v1\nkind: ConfigMap\ndata: {color: blue}\nimmutable: ~",
        "apiVersion: v1\nkind: ConfigMap\ndata: {color: blue}\nimmutable: yes",
        "apiVersion: v1\nkind: ConfigMap\ndata: {color: blue}\nimmutable: Off",
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
          ''                                              | it has no keys
          '# nothing'                                     | it has no keys
          ~                                               | it has no keys
          - a                                             | it is not a map of keys and values
          just words                                      | it is not a map of keys and values
          'a: b: c'                                       | mapping values are not allowed here in line 1
          'a: 1;a: 2'                                     | found duplicate key a in line 2
          {"color":                                       | it is not valid YAML
          'color: red;size: a\u0001'                      | U+0001 in line 2 is not allowed
          'a: 1;---;b: 1'                                 | found another document in line 2
          'a: &a [*a]'                                    | a.0 is an alias of a map or list that contains it
          'kind: Secret;apiVersion: v1'                   | apiVersion and kind are v1 and Secret
          'data: {color: blue}'                           | apiVersion and kind are none and none
          'apiVersion: v1;kind: ConfigMap;data: [a]'      | data is not a map of keys and values
          'apiVersion: v1;kind: ConfigMap;metadata: {labels: [a]}' | the value of metadata.labels has the wrong type
          'apiVersion: v1;kind: ConfigMap;data: {1: a, "1": b}' | key data.1 appears twice
          'apiVersion: v1;kind: ConfigMap;immutable: x'   | the value of immutable has the wrong type
          """)
  void refusesWhatIsNeitherAManifestNorKeys(String candidate, String why) {
    assertThatThrownBy(() -> check(candidate.replace(';', '\n')))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(why);
  }

  /** Only errors that curl without --data-binary can cause get the hint. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kind: ConfigMapdata:  color: blue | true
          kind: Secret                      | false
          data: {color: blue}               | false
          {"a": 1                           | false
          x: [[[[[[[[[[[[[[[[[[[[[          | false
          'x: a\u0001'                      | false
          """)
  void hintsAtLineBreaksWhereTheyMayBeMissing(String candidate, boolean hint) {
    assertThatThrownBy(() -> check(candidate))
        .hasMessageMatching(hint ? ".*--data-binary.*" : "((?!--data-binary).)*");
  }

  @Test
  void tellsErrorsByKey() {
    // When
    Check check = check(manifest("data:;  color: '#12345';  refresh: '0'"));

    // Then
    assertThat(check.accepted()).isFalse();
    assertThat(check.errors())
        .extracting(KeyError::key)
        .containsExactlyInAnyOrder("color", "refresh");
    assertThat(check.plainText())
        .startsWith("it would be rejected\n  ! color is invalid: '#12345' is not ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data: {x: 1}                | x is invalid: '1' is not a string
          data: {x: 1.10}             | x is invalid: '1.10' is not a string
          data: {x: true}             | x is invalid: 'true' is not a string
          data: {x: no}               | x is invalid: 'no' is not a string
          data: {x: {a: b}}           | x is invalid: it is not a string
          data: {x: [a]}              | x is invalid: it is not a string
          binaryData: {x: '%%%'}      | x is invalid: '%%%' is not base64
          binaryData: {x: YQ}         | x is invalid: 'YQ' is not base64
          """)
  void tellsWhichValuesNoConfigMapCanHave(String fields, String error) {
    assertThat(check(manifest(fields)).errors())
        .singleElement()
        .satisfies(only -> assertThat(only.sentence()).startsWith(error));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'no'", "12:30", "2026-01-01", "! 5", "!!str 5", "${HOME}", "a: b\n"})
  void takesValuesThatAreStrings(String value) {
    String text = value.equals("a: b\n") ? "|\n    a: b\n" : value;
    assertThat(check(manifest("data:\n  x: " + text)).errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {color: red, x: ~}",
        "data: {color: red, x: }",
        "data: {color: red, \"x\": null}",
        "data: {color: red};binaryData: {x: ~}",
      })
  void takesNullForAnEmptyValue(String fields) {
    // When
    Check check = check(manifest(fields));

    // Then
    assertThat(check.accepted()).isTrue();
    assertThat(check.changes()).extracting(Change::sentence).containsExactly("+ x: ");
  }

  @Test
  void takesLineBreaksInBase64AndAliases() {
    // When
    Check check = check(manifest("data: {a: &b blue, color: *b};binaryData: {x: \"YQ\\n==\\n\"}"));

    // Then
    assertThat(check.accepted()).isTrue();
    assertThat(check.changes())
        .extracting(Change::sentence)
        .containsExactly("+ a: blue", "color: red -> blue", "+ x: a");
  }

  @Test
  void takesBareKeysThatAreNestedAndTellsWhichHaveNoMeaning() {
    // When
    Check check = check("{\"color\":\"red\",\"log\":{\"level\":\"DEBUG\"},\"size\":1.10}");

    // Then
    assertThat(check.changes())
        .extracting(Change::sentence)
        .containsExactly("+ log.level: DEBUG", "+ size: 1.10");
    assertThat(check.unknown()).containsExactly("size");
    assertThat(check.plainText()).contains("\nkeys without a meaning to this service: size\n");
  }

  @Test
  void namesTheCommandForAllOtherRules() {
    assertThat(check("color: red").plainText())
        .endsWith(": kubectl apply --dry-run=server -f FILE\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "é", ".", "..", "..x", "'a '", "LONG"})
  void tellsWhichKeysNoConfigMapCanHave(String key) {
    assertThat(check(manifest("data:;  %s: x".formatted(key(key, 254)))).server())
        .singleElement()
        .satisfies(rule -> assertThat(rule).contains(" is not a valid key; "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s: x", "%s: x\ncolor: red", "color: red\n%s: x"})
  void doesNotListAnInvalidKeyAsOneWithoutAMeaning(String candidate) {
    // When
    Check check = check(candidate.formatted("a\uFEFFb"));

    // Then
    assertThat(check.server()).singleElement().asString().contains(" is not a valid key; ");
    assertThat(check.unknown()).isEmpty();
  }

  @Test
  void listsAKeyOfADocumentWithoutAMeaningWhateverItsName() {
    assertThat(check("application.yaml: 'a b: c'").unknown()).containsExactly("a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A-b_c.9", ".x", "a..", "LONG"})
  void takesKeysThatAConfigMapCanHave(String key) {
    assertThat(check(manifest("data:;  %s: x".formatted(key(key, 253)))).server()).isEmpty();
  }

  private static String key(String key, int length) {
    return key.equals("LONG") ? "k".repeat(length) : key;
  }

  @Test
  void tellsOfAKeyInBothParts() {
    assertThat(check(manifest("data: {x: a};binaryData: {x: AAAA}")).server())
        .singleElement()
        .asString()
        .startsWith("'x' is in both data and binaryData");
  }

  @Test
  void takesOneMebibyteAndNotAByteMore() {
    assertThat(check("x: é" + "y".repeat(ONE_MEBIBYTE - 2)).server()).isEmpty();
    assertThat(check("x: é" + "y".repeat(ONE_MEBIBYTE - 1)).server())
        .singleElement()
        .asString()
        .contains("values", "1,048,577", "1,048,576");
  }

  /**
   * {"apiVersion":"v1","data":{"x":""},"kind":"ConfigMap","metadata":{"annotations":{},
   * "name":"demo","namespace":"default"}} and a newline are what kubectl writes.
   */
  @ParameterizedTest
  @CsvSource({"'', 0", "<a&>, 19", "\\\", 2", "\\n\\t, 4", "é漢, 5", "\\U0001F600, 4"})
  void countsTheAnnotationThatKubectlApplyWrites(String value, int bytes) {
    assertThat(check(manifest("data:;  x: \"" + value + "\"")).appliedBytes())
        .isEqualTo("kubectl.kubernetes.io/last-applied-configuration".length() + 121 + bytes);
  }

  @Test
  void countsTheLineBreaksOfBase64ThatKubectlApplyKeeps() {
    // Given
    String oneLine = "binaryData: {x: \"YQ==\"}";
    String threeLines = "binaryData: {x: \"YQ\\n==\\n\"}";

    // When
    Check check = check(manifest(threeLines));

    // Then
    assertThat(check.appliedBytes())
        .isEqualTo(check(manifest(oneLine)).appliedBytes() + 2 * "\\n".length());
    assertThat(check.bytes()).isEqualTo(1);
  }

  @Test
  void knowsTheLimitOfTheAnnotationsThemselves() {
    // Given
    String annotation = "y".repeat(262_144 - "note".length());

    // When
    Check fits = check(manifest("  annotations: {note: %s};data: {x: a}".formatted(annotation)));
    Check over = check(manifest("  annotations: {note: z%s};data: {x: a}".formatted(annotation)));

    // Then
    assertThat(fits.server()).isEmpty();
    assertThat(fits.apply()).isPresent();
    assertThat(over.server())
        .singleElement()
        .asString()
        .contains("annotations", "262,145", "262,144");
    assertThat(over.apply()).isEmpty();
  }

  @Test
  void knowsTheLimitOfKubectlApply() {
    // Given: another annotation counts twice, and the one that apply wrote before does not.
    String head =
        "  annotations: {note: abc, kubectl.kubernetes.io/last-applied-configuration: '{}'};";
    int rest = 262_144 - (int) check(manifest(head + "data: {x: ''}")).appliedBytes();

    // When
    Check fits = check(manifest(head + "data: {x: " + "y".repeat(rest) + "}"));
    Check over = check(manifest(head + "data: {x: " + "y".repeat(rest + 1) + "}"));

    // Then
    assertThat(fits.apply()).isEmpty();
    assertThat(over.apply()).isPresent();
    assertThat(over.accepted()).isTrue();
    assertThat(check(manifest("  annotations: {note: abc};data: {x: ''}")).appliedBytes())
        .isEqualTo(262_144 - rest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          color: red                                                             |
          color: blue                                                            | delete it and create it again
          {color: red, size: large}                                              | delete it and create it again
          apiVersion: v1;kind: ConfigMap;data: {color: red};immutable: true      |
          apiVersion: v1;kind: ConfigMap;data: {color: blue};immutable: true     | delete it and create it again
          apiVersion: v1;kind: ConfigMap;data: {color: red}                      | set immutable: true, or delete it and create it again
          apiVersion: v1;kind: ConfigMap;data: {color: red};immutable: false     | set immutable: true, or delete it and create it again
          apiVersion: v1;kind: ConfigMap;data: {color: red};immutable: ~         | set immutable: true, or delete it and create it again
          """)
  void knowsThatAnImmutableConfigMapCannotChange(String candidate, String rule) {
    // When
    Check check = check(candidate.replace(';', '\n'), live(RED, true));

    // Then
    assertThat(check.accepted()).isEqualTo(rule == null);
    assertThat(String.join("", check.server()))
        .isEqualTo(rule == null ? "" : "ConfigMap lab/demo is immutable; " + rule);
    assertThat(check.plainText()).contains("\nthe live ConfigMap is immutable\n");
  }

  @Test
  void comparesAnImmutableOneWithTheApiAndNotWithWhatIsInEffect() {
    // Given: what is in effect comes from elsewhere.
    Snapshot api = Snapshot.of(Map.of("color", "blue"), Map.of("logo", "/w=="));

    // When, Then
    String same = "immutable: true;data: {color: blue};binaryData: {logo: /w==}";
    String other = "immutable: true;data: {color: red}";
    assertThat(check(manifest(same), live(api, true)).accepted()).isTrue();
    assertThat(check(manifest(other), live(api, true)).accepted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata: {name: b}", "metadata: {name: demo, namespace: default}"})
  void tellsThatItIsAnotherConfigMap(String metadata) {
    // When
    Check check =
        check("apiVersion: v1\nkind: ConfigMap\ndata: {x: a}\n" + metadata + "\n", live(RED, true));

    // Then
    assertThat(check.server()).isEmpty();
    assertThat(check.errors())
        .extracting(KeyError::why)
        .containsExactly("not the ConfigMap that this service reads; use lab/demo");
  }

  /** kubectl apply removes what it wrote itself, and no more. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          color: blue                      | color,size       | logo
          color: blue                      | color            | logo,size
          color: blue                      | ''               | logo,size
          {color: blue, size: small}       | color            | logo
          {color: blue, logo: x, size: x}  | ''               | ''
          color: blue                      | color,logo,size  | ''
          apiVersion: v1;kind: ConfigMap;data: {color: blue};binaryData: {logo: YQ==} | color | size
          """)
  void tellsWhichKeysKubectlApplyWouldKeep(String candidate, String applied, String kept) {
    // Given
    Snapshot api = Snapshot.of(Map.of("color", "red", "size", "large"), Map.of("logo", "/w=="));

    // When
    Check check = check(candidate.replace(';', '\n'), live(api, applied));

    // Then
    assertThat(String.join(",", check.kept())).isEqualTo(kept);
    assertThat(check.plainText().contains("keys that kubectl apply keeps"))
        .isEqualTo(!kept.isEmpty());
  }

  /** With the keys that kubectl apply keeps, because others added them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application.yaml: 'greeting: Ho'                | color          | greeting is invalid: after kubectl apply, it is set twice
          application.yml: 'greeting: Ho'                 | color          | greeting is invalid: after kubectl apply, it is set twice
          application.properties: greeting=Ho             | color          | greeting is invalid: after kubectl apply, it is set twice
          {size: a, application.yaml: 'color: blue'}      | greeting       | color is invalid: after kubectl apply, it is set twice
          {refresh: 0s, application.yaml: 'greeting: Ho'} | color          | refresh is invalid: '0s' is not
          application.yaml: 'greeting: Ho'                | color,greeting |
          application.yaml: 'size: a'                     | color          |
          greeting: Ho                                    | color          |
          """)
  void tellsThatTheServiceWouldRejectWhatKubectlApplyLeaves(
      String candidate, String applied, String error) {
    // Given
    Snapshot api = Snapshot.of(Map.of("color", "red", "greeting", "Hi"), Map.of());

    // When
    Check check = check(manifest("data: " + braced(candidate)), live(api, applied));

    // Then
    assertThat(check.accepted()).isEqualTo(error == null);
    assertThat(check.errors().stream().map(KeyError::sentence).collect(Collectors.joining()))
        .startsWith(error == null ? "" : error)
        .hasSizeLessThan(200);
  }

  private static String braced(String map) {
    return map.startsWith("{") ? map : "{" + map + "}";
  }

  @Test
  void countsTheValuesThatKubectlApplyKeeps() {
    // Given
    String other = "y".repeat(ONE_MEBIBYTE - "small".length());
    Snapshot api = Snapshot.of(Map.of("other", other), Map.of());

    // When
    Check fits = check("size: small", live(api, "size"));
    Check over = check("size: medium", live(api, "size"));

    // Then
    assertThat(fits.plainText()).doesNotContain("would fail");
    assertThat(over.plainText())
        .contains("kubectl apply would fail: the values have 1,048,577 bytes")
        .contains("; use kubectl replace\n");
  }

  /** Otherwise the answer would list a key both as removed and as kept. */
  @Test
  void doesNotCountAsAChangeWhatKubectlApplyKeeps() {
    // When
    Check check = check("size: small", live(RED, "size"));

    // Then
    assertThat(check.kept()).containsExactly("color");
    assertThat(check.changes()).extracting(Change::sentence).containsExactly("+ size: small");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "color: blue\n",
        "{\"color\":\"blue\"}",
        "apiVersion: v1\r\nkind: ConfigMap\r\ndata:\r\n  color: blue\r\n"
      })
  void takesAByteOrderMark(String candidate) {
    assertThat(check("\uFEFF" + candidate).changes())
        .extracting(Change::sentence)
        .containsExactly("color: red -> blue");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x: !!binary SGk=",
        "apiVersion: v1\nkind: ConfigMap\ndata: {x: !!timestamp 2026-01-01}",
        "apiVersion: v1\nkind: ConfigMap\nbinaryData: {x: !!binary SGk=}",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: !mine {name: x}",
      })
  void refusesTags(String candidate) {
    assertThatThrownBy(() -> check(candidate)).hasMessageContaining("is not allowed");
  }

  @Test
  void knowsTheNameOfALiveOneThatIsDeleted() {
    // Given
    Optional<LiveConfigMap> gone =
        Optional.of(LiveConfigMap.of("lab/demo", new Reading.Gone("it does not exist")));

    // When
    Check bare = check("x: z", gone);

    // Then
    assertThat(bare.immutable()).isEmpty();
    assertThat(bare.appliedBytes())
        .isEqualTo(check(manifest("  namespace: lab;data: {x: z}"), gone).appliedBytes());
  }

  @Test
  void tellsThatNoKeysAreNoConfiguration() {
    assertThat(check(manifest("")).errors())
        .extracting(KeyError::why)
        .containsExactly(Document.NO_KEYS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "apiVersion: v1\nkind: ConfigMap\n%s"})
  void refusesWhatDoesNotFitTheMemory(String form) {
    // Given: 1 MB of text, doubled nine times; as many scalars as fit; more nesting than a stack
    // has.
    String doubled =
        IntStream.range(1, 10)
            .mapToObj(i -> ", &a%d [*a%d, *a%d]".formatted(i, i - 1, i - 1))
            .collect(Collectors.joining());
    String aliases = "x: [&a0 [\"" + "x".repeat(1_000_000) + "\"]" + doubled + "]";
    String scalars = "x: [" + "0,".repeat(1_000_000) + "]";
    String nesting = "x: " + "[".repeat(1_000_000);

    // When, Then
    for (String bomb : new String[] {aliases, scalars, nesting}) {
      assertThatThrownBy(() -> check(form.formatted(bomb)))
          .isInstanceOf(ProblemException.class)
          .hasMessageMatching("(with expanded aliases, it is larger|it has more) than .*");
    }
  }
}
