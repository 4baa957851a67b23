package io.podlab.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.config.snapshot.Snapshot;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsParserTest {
  private static Parsed parse(Map<String, String> data) {
    return SettingsParser.parse(Snapshot.of(data, Map.of()));
  }

  private static Settings valid(Map<String, String> data) {
    Parsed parsed = parse(data);
    assertThat(parsed).isInstanceOf(Parsed.Valid.class);
    return ((Parsed.Valid) parsed).settings();
  }

  private static Parsed.Invalid invalid(Map<String, String> data) {
    Parsed parsed = parse(data);
    assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
    return (Parsed.Invalid) parsed;
  }

  @Test
  void hasDefaultsForAllThatIsNotGiven() {
    // When
    Settings settings = valid(Map.of("else", "x"));

    // Then
    assertThat(settings)
        .extracting(
            Settings::greeting,
            Settings::color,
            Settings::logLevel,
            Settings::refresh,
            Settings::features)
        .containsExactly("Hello", "#326ce5", LogLevel.INFO, Duration.ofSeconds(30), Map.of());
  }

  @Test
  void readsKeys() {
    // When
    Settings settings =
        valid(
            Map.of(
                "greeting", "Hi\n",
                "color", "SteelBlue",
                "log.level", "debug",
                "refresh", "1m30s",
                "features.shout", "true",
                "features.time", "false"));

    // Then
    assertThat(settings)
        .extracting(
            Settings::greeting,
            Settings::color,
            Settings::logLevel,
            Settings::refresh,
            Settings::features)
        .containsExactly(
            "Hi",
            "steelblue",
            LogLevel.DEBUG,
            Duration.ofSeconds(90),
            Map.of("shout", true, "time", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application.properties | greeting=Hi\\nlog.level=WARN\\nfeatures.shout=true\\nelse=1
          application.yaml       | greeting: Hi\\nlog:\\n  level: WARN\\nfeatures:\\n  shout: true\\nelse: 1
          application.yaml       | {"greeting":"Hi","log.level":"WARN","features":{"shout":true},"else":1}
          """)
  void readsADocument(String key, String text) {
    // When
    Settings settings = valid(Map.of(key, text.replace("\\n", "\n")));

    // Then
    assertThat(settings.values())
        .isEqualTo(
            Map.of(
                "greeting", "Hi",
                "color", "#326ce5",
                "log.level", "WARN",
                "refresh", "30s",
                "features.shout", "true",
                "else", "1"));
  }

  @Test
  void keepsUnknownKeysAsTheyAre() {
    assertThat(valid(Map.of("nginx.conf", " a\n b\n")).values())
        .containsEntry("nginx.conf", " a\n b\n");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          greeting       | ''         | use one line of 1 to 200 characters
          greeting       | '  '       | use one line of 1 to 200 characters
          color          | not-a-color    | a CSS color
          color          | #12345     | a CSS color
          color          | red;x:url( | a CSS color
          log.level      | LOUD       | OFF, ERROR, WARN, INFO, DEBUG or TRACE
          refresh        | 0s         | a duration from 1s to 1h
          refresh        | 999ms      | a duration from 1s to 1h
          refresh        | 1h1ns      | a duration from 1s to 1h
          refresh        | 5          | a duration from 1s to 1h
          refresh        | -5s        | a duration from 1s to 1h
          features.shout | yes        | true or false
          features.shout | TRUE       | true or false
          features.shout | ''         | true or false
          """)
  void tellsByKeyWhatIsWrongAndWhatIsAccepted(String key, String value, String accepted) {
    assertThat(invalid(Map.of(key, value)).errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.key()).isEqualTo(key);
              assertThat(error.value()).contains(value.strip());
              assertThat(error.why()).startsWith("not ").contains(accepted);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"1s", "1h", "60m", "+5s", "1.5m"})
  void takesARefreshWithinItsBounds(String refresh) {
    assertThat(valid(Map.of("refresh", refresh)).refresh())
        .isBetween(Duration.ofSeconds(1), Duration.ofHours(1));
  }

  @Test
  void countsTheCharactersOfAGreetingAsAPersonDoes() {
    // Given
    String whales = "\uD83D\uDC33".repeat(200);

    // When, Then
    assertThat(valid(Map.of("greeting", whales)).greeting()).isEqualTo(whales);
    assertThat(invalid(Map.of("greeting", whales + "x")).errors()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'red'        | '\\'red\\''
          `red\nblue\n` | 'red\\u000ablue'
          """)
  void showsQuotesAndLineBreaksThatDoNotBelongToAValue(String color, String shown) {
    assertThat(invalid(Map.of("color", color)).errors())
        .singleElement()
        .satisfies(
            error ->
                assertThat(error.sentence())
                    .startsWith("color is invalid: " + shown + " is not a CSS color"));
  }

  @Test
  void tellsAllErrorsAtOnce() {
    assertThat(invalid(Map.of("color", "x", "refresh", "x", "log.level", "x")).errors())
        .extracting(KeyError::key)
        .containsExactlyInAnyOrder("color", "refresh", "log.level");
  }

  @Test
  void showsLittleOfALongValue() {
    assertThat(invalid(Map.of("color", "x".repeat(5000))).errors().get(0).value())
        .hasValueSatisfying(value -> assertThat(value).hasSize(201).endsWith("…"));
  }

  @Test
  void takesAHundredFeaturesAndNoMore() {
    assertThat(valid(features(100)).features()).hasSize(100);
    assertThat(invalid(features(101)).errors())
        .singleElement()
        .extracting(KeyError::why)
        .asString()
        .contains("101", "at most 100");
  }

  private static Map<String, String> features(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "features.f" + i, i -> "true"));
  }

  @Test
  void refusesWhatIsGivenInTwoDocuments() {
    assertThat(
            invalid(Map.of("application.yml", "greeting: a", "application.yaml", "greeting: a"))
                .errors())
        .singleElement()
        .extracting(KeyError::why)
        .isEqualTo("it is set twice, in application.yaml and in application.yml; set it once");
  }

  @Test
  void refusesWhatIsGivenTwice() {
    assertThat(invalid(Map.of("greeting", "a", "application.properties", "greeting=b")).errors())
        .singleElement()
        .satisfies(
            error ->
                assertThat(error.sentence())
                    .startsWith("greeting ")
                    .contains("set twice")
                    .contains("in application.properties")
                    .contains("as a separate key"));
  }

  static Stream<Arguments> wrongEncodings() {
    return Stream.of("greeting", "application.yaml", "application.yml", "application.properties")
        .flatMap(
            key ->
                Stream.of(
                    Arguments.of(key, StandardCharsets.ISO_8859_1, "", "it is not UTF-8"),
                    Arguments.of(key, StandardCharsets.UTF_16LE, "\uFEFF", "it is UTF-16"),
                    Arguments.of(key, StandardCharsets.UTF_16BE, "\uFEFF", "it is UTF-16")));
  }

  @ParameterizedTest
  @MethodSource("wrongEncodings")
  void refusesWhatIsNotUtf8(String key, Charset charset, String mark, String why) {
    // When
    byte[] content = (mark + "greeting: Grüß Gott").getBytes(charset);
    Parsed parsed = SettingsParser.parse(Snapshot.of(new TreeMap<>(Map.of(key, content))));

    // Then
    assertThat(((Parsed.Invalid) parsed).errors())
        .extracting(KeyError::sentence)
        .containsExactly(key + " is invalid: " + why + "; save it as UTF-8");
  }

  /** Files from different editors. ^ is a byte order mark. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          greeting               | ^Hi
          greeting               | ^Hi\\r\\n
          greeting               | ^ Hi \\n
          application.properties | ^greeting=Hi\\n
          application.properties | ^greeting = Hi\\r\\ncolor=red\\r\\n
          application.properties | greeting=Hi\\rcolor=red\\r
          application.properties | ^# a comment\\r\\ngreeting:Hi
          application.yaml       | ^greeting: Hi\\n
          application.yaml       | ^greeting: Hi\\r\\ncolor: red\\r\\n
          application.yaml       | ^---\\r\\ngreeting: Hi\\r\\n...\\r\\n
          application.yaml       | ^{"greeting": "Hi"}
          application.yaml       | %YAML 1.2\\n---\\ngreeting: !!str Hi
          application.yaml       | greeting: ! Hi
          application.yaml       | !!map {greeting: Hi, x: !!seq [a]}
          application.yaml       | x: &x Hi\\ngreeting: *x
          application.yaml       | x: &x {greeting: Ho}\\n<<: *x\\ngreeting: Hi
          application.yml        | greeting: Hi
          application.yml        | ^greeting: Hi\\r\\n
          """)
  void readsWhatIsWritten(String key, String text) {
    // Given
    String written = text.translateEscapes().replace("^", "\uFEFF");

    // When, Then
    assertThat(valid(Map.of(key, written)).greeting()).isEqualTo("Hi");
  }

  /** A file that was cut off must not reset everything to the defaults. ^ is a byte order mark. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application.properties | ''             | it has no keys;
          application.properties | \\n            | it has no keys;
          application.properties | '# comment'    | it has no keys;
          application.properties | ^              | it has no keys;
          application.yaml       | ''             | it has no keys;
          application.yaml       | \\n\\r\\n      | it has no keys;
          application.yaml       | '# comment'    | it has no keys;
          application.yaml       | ---            | it has no keys;
          application.yaml       | {}             | it has no keys;
          application.yaml       | ^              | it has no keys;
          application.yml        | ''             | it has no keys;
          application.yaml       | greeting: "Hi  | it is not valid YAML
          application.yaml       | {greeting: Hi  | it is not valid YAML
          application.yaml       | greeting       | it is not a map of keys and values
          """)
  void refusesADocumentThatMayBeCutOff(String key, String text, String why) {
    // Given
    String cut = text.translateEscapes().replace("^", "\uFEFF");

    // When, Then
    assertThat(invalid(Map.of(key, cut, "color", "red")).errors())
        .singleElement()
        .satisfies(error -> assertThat(error.sentence()).startsWith(key).contains(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x: !!binary SGk=",
        "x: !!timestamp 2026-01-01",
        "x: !!int 5",
        "x: !!int abc",
        "x: !!float 1.10",
        "x: !!bool yes",
        "x: !!null ''",
        "x: !!set {a, b}",
        "x: !!omap [a: 1]",
        "x: !!pairs [a: 1]",
        "x: !!merge a",
        "x: !!value a",
        "x: !mine a",
        "x: !mine [a]",
        "x: !mine {a: b}",
        "x: !ENV_VARIABLE ${HOME}",
        "x: !<tag:yaml.org,2002:binary> SGk=",
        "x: !<tag:example.com,2026:thing> a",
        "!!binary eA==: 1",
        "!mine {x: 1}",
        "!!set {x: 1}",
        "%TAG !e! tag:yaml.org,2002:\n---\nx: !e!binary SGk=",
        "x: !!java.net.URL [http://localhost]",
        "x: [a, {b: !!binary SGk=}]",
        "x: &x !!binary SGk=\ny: *x",
      })
  void refusesTagsThatMakeSomethingElseOfText(String yaml) {
    assertThat(invalid(Map.of("application.yaml", yaml)).errors())
        .singleElement()
        .extracting(KeyError::why)
        .asString()
        .matches("the tag \\S+ in line \\d is not allowed \\(.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application.properties | g\\0r\\0e\\0         | U+0000 in line 1
          application.properties | a=1\\nb=\\33[2J      | U+001B in line 2
          application.yaml       | a: 1\\nb: \\0        | U+0000 in line 2
          application.yaml       | a: 1\\r\\nb: \\0     | U+0000 in line 2
          application.properties | a=1\\na=2            | key a appears twice
          application.properties | a=1\\na:1            | key a appears twice
          application.properties | a.b=1\\na\\u002eb=2 | key a.b appears twice
          application.yaml       | a: 1\\na: 2          | duplicate key a
          application.yaml       | 1: a\\n"1": b        | key 1 appears twice
          application.yaml       | a: 1\\n---\\nb: 2    | another document
          application.yml        | a: *b                | it is not valid YAML
          greeting               | H\\0i                | one line
          greeting               | Hi\\r\\nHi           | one line
          """)
  void refusesWhatNobodyMeansToWrite(String key, String text, String why) {
    // Given
    String written = text.replace("\\u", "\\\\u").translateEscapes();

    // When, Then
    assertThat(invalid(Map.of(key, written)).errors())
        .singleElement()
        .extracting(KeyError::why)
        .asString()
        .contains(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\uD800", "a\\uDC33"})
  void refusesHalfACharacter(String escape) {
    assertThat(invalid(Map.of("application.properties", "greeting=" + escape)).errors()).hasSize(1);
    assertThat(invalid(Map.of("application.yaml", "greeting: \"" + escape + "\"")).errors())
        .hasSize(1);
  }

  @Test
  void keepsUnknownBytesAsTheyAre() {
    // When
    Parsed parsed =
        SettingsParser.parse(
            Snapshot.of(
                new TreeMap<>(
                    Map.of(
                        "logo.png",
                        new byte[] {(byte) 0xff},
                        "greeting",
                        "Hi".getBytes(StandardCharsets.UTF_8)))));

    // Then
    assertThat(parsed).isInstanceOf(Parsed.Valid.class);
  }

  static Stream<Arguments> malformedYaml() {
    String laughs =
        IntStream.range(1, 10)
            .mapToObj(
                i -> "l%d: &l%d [%s]\n".formatted(i, i, ("*l" + (i - 1) + ", ").repeat(9) + "x"))
            .collect(Collectors.joining("", "l0: &l0 [x]\n", ""));
    String twoLevels =
        "a: &a [" + "xxxxxxxxxx, ".repeat(3_000) + "]\nb: &b [" + "*a, ".repeat(9) + "]\n";
    String emptyMaps = "a: &a [" + "{},".repeat(10_000) + "]\nb: [" + "*a, ".repeat(9) + "]\n";
    return Stream.of(
        Arguments.of("greeting: 'a", "it is not valid YAML"),
        Arguments.of("a: b: c", "it is not valid YAML"),
        Arguments.of("\tgreeting: a", "it is not valid YAML"),
        Arguments.of("greeting: a\ngreeting: b", "it is not valid YAML"),
        Arguments.of("a: 1\n---\nb: 2", "it is not valid YAML"),
        Arguments.of("- a\n- b", "it is not a map of keys and values"),
        Arguments.of("just text", "it is not a map of keys and values"),
        Arguments.of("a: !!javax.script.ScriptEngineManager []", "the tag !!javax.script"),
        Arguments.of("? {a: b}\n: c", "a key must be text"),
        Arguments.of(
            "a: &a {b: *a}", "a.b is an alias of a map or list that contains it; remove the alias"),
        Arguments.of("? &a {b: *a}\n: c", "it is not valid YAML"),
        Arguments.of("a: !!int [b]", "the tag !!int in line 1 is not allowed"),
        Arguments.of("a: b\u0001", "U+0001 in line 1 is not allowed"),
        Arguments.of("a.b: 1\na: {b: 2}", "key a.b appears twice"),
        Arguments.of("[".repeat(50_000), "it has more than 20 nested maps and lists"),
        Arguments.of("x: [" + "0,".repeat(29_997) + "]", "it has more than 10,000 keys"),
        Arguments.of("x: [" + "0,".repeat(30_000) + "]", "it has more than 30,000 keys, values"),
        Arguments.of("x: [" + "{},".repeat(500_000) + "]", "it has more than 30,000 keys, values"),
        Arguments.of(emptyMaps, "with expanded aliases, it has more than 30,000 keys, values"),
        Arguments.of("? " + "k".repeat(254) + "\n: {}", "a key is longer than 253 characters: kkk"),
        Arguments.of(
            "? " + "k".repeat(500_000) + "\n: [" + "{},".repeat(20_000) + "]",
            "a key is longer than 253 characters"),
        Arguments.of(
            "k".repeat(200) + ": {" + "k".repeat(53) + ": 1}",
            "a key is longer than 253 characters"),
        Arguments.of(
            "{a: ".repeat(21) + "1" + "}".repeat(21), "it has more than 20 nested maps and lists"),
        Arguments.of("a: b\n\uFEFFgreeting: c", "not valid YAML: U+FEFF in line 2 is not allowed"),
        Arguments.of("\uFEFF\uFEFFgreeting: c", "not valid YAML: U+FEFF in line 1 is not allowed"),
        Arguments.of("greeting: \uFEFFc", "not valid YAML: U+FEFF in line 1 is not allowed"),
        Arguments.of("%YAML 3.0\n---\na: b", "YAML: the version in the %YAML line is not"),
        Arguments.of("%YAML 0.9\n---\na: b", "YAML: the version in the %YAML line is not"),
        Arguments.of(laughs, "it is not valid YAML"),
        Arguments.of(twoLevels, "it has more than 10,000 keys"));
  }

  @ParameterizedTest
  @MethodSource("malformedYaml")
  @Timeout(value = 5, threadMode = ThreadMode.SEPARATE_THREAD)
  void refusesYamlThatIsNoneOrABomb(String yaml, String why) {
    // When
    Parsed.Invalid invalid = invalid(Map.of("application.yaml", yaml));

    // Then
    assertThat(invalid.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.key()).isEqualTo("application.yaml");
              assertThat(error.why()).contains(why).hasSizeLessThan(300);
            });
  }

  @Test
  void takesAnchorsWithinReason() {
    assertThat(
            valid(Map.of("application.yaml", "base: &b {x: 1}\none: *b\ntwo:\n  <<: *b\n  y: 2\n"))
                .values())
        .containsEntry("one.x", "1")
        .containsEntry("two.x", "1")
        .containsEntry("two.y", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "1.10", "0o17", "2026-01-01", "1e3", "~"})
  void leavesYamlScalarsAsTheyAreWritten(String value) {
    assertThat(valid(Map.of("application.yaml", "x: " + value)).values()).containsEntry("x", value);
  }

  /** In the syntax of {@code java.util.Properties}, but in UTF-8. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x=\u00e9\r\ny=1\r\n",
        "x=\\u00e9",
        "x:\u00e9",
        "x \u00e9",
        "! c\n# c\nx=\\\n  \u00e9"
      })
  void readsPropertiesAsJavaDoes(String properties) {
    assertThat(valid(Map.of("application.properties", properties)).values())
        .containsEntry("x", "\u00e9");
  }

  @Test
  @Timeout(value = 5, threadMode = ThreadMode.SEPARATE_THREAD)
  void readsALongWordInTimeThatGrowsWithItsLength() {
    // Given
    String word = "9".repeat(3_000_000);

    // When, Then
    assertThat(valid(Map.of("application.yaml", "x: " + word)).values()).containsEntry("x", word);
  }

  /** ^ is a byte order mark, for example after cat joined files. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a=\\\\uXYZW                    | Malformed
          color=red\\n^greeting=Hi       | U+FEFF in line 2 is not allowed
          ^color=red\\r\\n^greeting=Hi    | U+FEFF in line 2 is not allowed
          ^^greeting=Hi                  | U+FEFF in line 1 is not allowed
          # a comment\\n# another\\n^x=1  | U+FEFF in line 3 is not allowed
          greeting=^Hi                   | U+FEFF in line 1 is not allowed
          x=\\0                           | U+0000 in line 1 is not allowed
          """)
  void refusesPropertiesThatAreNone(String text, String why) {
    String properties = text.translateEscapes().replace("^", "\uFEFF");
    assertThat(invalid(Map.of("application.properties", properties)).errors())
        .singleElement()
        .extracting(KeyError::why)
        .asString()
        .startsWith("it is not a valid properties file: " + why);
  }

  @Test
  void showsWhatIsGivenRightOrWrong() {
    assertThat(
            SettingsParser.given(
                Snapshot.of(
                    Map.of("color", "not-a-color\n", "application.yaml", "{", "other", "x\n"),
                    Map.of())))
        .isEqualTo(Map.of("color", "not-a-color", "application.yaml", "{", "other", "x\n"));
  }
}
