package io.podlab.token.kubeadm;

import static io.podlab.token.Problems.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.kit.http.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestTest {
  private static final TtlLimits NONE = new TtlLimits(Optional.empty(), true);
  private static final TokenRequest DEFAULTS =
      new TokenRequest(
          Optional.empty(),
          Duration.ofHours(24),
          List.of("authentication", "signing"),
          List.of("system:bootstrappers:kubeadm:default-node-token"),
          "");

  @ParameterizedTest(name = "JSON {0}, \"{1}\"")
  @CsvSource({"true, ''", "true, '  \n'", "true, {}", "false, ''", "false, '  '", "false, '&'"})
  void usesKubeadmsDefaultsForAnEmptyBody(boolean json, String body) {
    // When
    TokenRequest request = parse(json, body);

    // Then
    assertThat(request).isEqualTo(DEFAULTS);
  }

  @Test
  void acceptsAllFieldsOfAForm() {
    // When
    TokenRequest request =
        parse(
            false,
            "token=abcdef.0123456789abcdef&ttl=1h30m&usages=authentication"
                + "&groups=system:bootstrappers:a&groups=system%3Abootstrappers%3Ab"
                + "&description=worker+3%2C+caf%C3%A9");

    // Then
    assertThat(request)
        .isEqualTo(
            new TokenRequest(
                Optional.of("abcdef.0123456789abcdef"),
                Duration.ofMinutes(90),
                List.of("authentication"),
                List.of("system:bootstrappers:a", "system:bootstrappers:b"),
                "worker 3, café"));
  }

  @Test
  void acceptsAllFieldsOfAnObject() {
    // When
    TokenRequest request =
        parse(
            true,
            """
            {"token": "abcdef.0123456789abcdef", "ttl": "1h30m", "usages": ["authentication"],
             "groups": ["system:bootstrappers:a", "system:bootstrappers:b"],
             "description": "worker 3, café"}
            """);

    // Then
    assertThat(request)
        .isEqualTo(
            new TokenRequest(
                Optional.of("abcdef.0123456789abcdef"),
                Duration.ofMinutes(90),
                List.of("authentication"),
                List.of("system:bootstrappers:a", "system:bootstrappers:b"),
                "worker 3, café"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"issue #5", "first; second", "a=b", "100", "{x}"})
  void acceptsADescriptionThatCurlDoesNotEscape(String description) {
    // When
    TokenRequest request = parse(false, "description=" + description);

    // Then
    assertThat(request.description()).isEqualTo(description);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"0, PT0S", "0s, PT0S", "1s, PT1S", "1.5h, PT1H30M", "8760h, P365D"})
  void acceptsGoDurations(String ttl, Duration expected) {
    // When
    TokenRequest request = parse(true, "{\"ttl\": \"" + ttl + "\"}");

    // Then
    assertThat(request.ttl()).isEqualTo(expected);
  }

  /** The texts are those of kubeadm v1.20.2 and Go. */
  @ParameterizedTest(name = "JSON {0}, {1}: {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "false | token=abcdef                        | token       | the bootstrap token was not of the form \"\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z\"",
        "false | token=                              | token       | the bootstrap token was not of the form \"\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z\"",
        "false | token=abcdef.0123456789ABCDEF       | token       | the bootstrap token was not of the form \"\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z\"",
        "false | token=abcdef.0123456789abcdef%0A    | token       | the bootstrap token was not of the form \"\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z\"",
        "true  | {\"token\": \"abcdef\"}             | token       | the bootstrap token was not of the form \"\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z\"",
        "false | ttl=1d                              | ttl         | time: unknown unit \"d\" in duration \"1d\"",
        "false | ttl=24                              | ttl         | time: missing unit in duration \"24\"",
        "false | ttl=                                | ttl         | time: invalid duration \"\"",
        "true  | {\"ttl\": \"1d\"}                   | ttl         | time: unknown unit \"d\" in duration \"1d\"",
        "false | ttl=3000000h                        | ttl         | time: invalid duration \"3000000h\"",
      })
  void repeatsTheTextsOfKubeadmAndGo(boolean json, String body, String field, String detail) {
    // When
    Problem problem = refused(() -> parse(json, body));

    // Then
    assertThat(problem)
        .extracting(Problem::status, Problem::field, Problem::detail)
        .containsExactly(400, field, detail);
  }

  @ParameterizedTest(name = "JSON {0}, {1}: {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | {\"token\": null}                   | token       | not a string",
        "true  | {\"ttl\": 24}                       | ttl         | not a string",
        "true  | {\"ttl\": [\"1h\"]}                 | ttl         | not a string",
        "false | ttl=-1h                             | ttl         | negative",
        "false | ttl=-1ns                            | ttl         | negative",
        "false | ttl=999ms                           | ttl         | too short",
        "false | ttl=1ns                             | ttl         | too short",
        "false | description=a%0Ab                   | description | control characters",
        "false | description=%1B[31m                 | description | control characters",
        "true  | {\"description\": \"a\\tb\"}        | description | control characters",
        "true  | {\"description\": true}             | description | not a string",
        "false | usage=signing                       | usage       | unknown field",
        "false | TTL=1h                              | TTL         | unknown field",
        "true  | {\"usages\": [1]}                    | usages      | not an array of strings",
        "true  | {\"usages\": {\"signing\": true}}     | usages      | not an array of strings",
        "true  | {\"groups\": null}                   | groups      | not an array of strings",
        "true  | {\"usage\": [\"signing\"]}            | usage       | unknown field",
        "false | ttl=1h&ttl=2h                       | ttl         | repeated",
        "false | ttl=%zz                             | body        | not valid form data",
        "true  | {\"ttl\": \"1h\", \"ttl\": \"2h\"}  | body        | repeats a field or continues",
        "true  | {\"ttl\": \"1h\"} {\"ttl\": \"2h\"} | body        | repeats a field or continues",
        "true  | {\"ttl\":                           | body        | not valid JSON",
        "true  | ttl=1h                              | body        | not valid JSON",
        "true  | []                                  | body        | not an object",
        "true  | \"1h\"                              | body        | not an object",
        "true  | null                                | body        | not an object",
      })
  void namesTheInvalidField(boolean json, String body, String field, String detail) {
    // When
    Problem problem = refused(() -> parse(json, body));

    // Then
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.detail()).contains(detail);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"{\"ttl\": \"2h\"}", " {\n", "[]"})
  void namesTheContentTypeOfJsonSentAsForm(String body) {
    // When
    Problem problem = refused(() -> parse(false, body));

    // Then
    assertThat(problem.field()).isEqualTo("body");
    assertThat(problem.detail()).contains("JSON", "Content-Type");
    assertThat(problem.accepted()).contains("Content-Type: application/json");
  }

  @Test
  void explainsWhyTheUsageSigningAloneIsImpossible() {
    // When
    Problem problem = refused(() -> parse(false, "usages=signing"));

    // Then
    assertThat(problem.accepted()).contains("default group needs authentication");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "token=x                      | 6 characters of a-z and 0-9, a dot, and 16 more",
        "ttl=1d                       | Go syntax such as 30m, 1h30m or 24h, or 0 ",
        "ttl=-1h                      | at least 1s, or 0 ",
        "ttl=1ms                      | at least 1s, or 0 ",
        "description=%00              | one line of at most 1024 bytes",
        "usage=signing                | description, groups, token, ttl or usages",
        "description=a&description=b  | one value",
        "%                            | fields such as ttl=2h&description=lab",
      })
  void namesTheAcceptedValues(String body, String accepted) {
    // When
    Problem problem = refused(() -> parse(false, body));

    // Then
    assertThat(problem.accepted()).contains(accepted);
  }

  @ParameterizedTest(name = "JSON {0}, {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "false | token=ABCDEF.0123456789abcdef",
        "false | token=abcdef.0123456789abcdef.",
        "false | token=abcdef.0123456789abcdef&token=abcdef.0123456789abcdef",
        "false | abcdef.0123456789abcdef",
        "false | abcdef.0123456789abcdef&abcdef.0123456789abcdef",
        "true  | {\"token\": \"abcdef-0123456789abcdef\"}",
        "true  | {\"token\": {\"abcdef\": \"0123456789abcdef\"}}",
        "true  | {\"abcdef.0123456789abcdef\": \"\"}",
        "true  | {\"token\": \"abcdef.0123456789abcdef\"",
        "true  | \"abcdef.0123456789abcdef\"",
        "true  | abcdef.0123456789abcdef",
      })
  void doesNotRepeatAPossibleSecret(boolean json, String body) {
    // When
    Problem problem = refused(() -> parse(json, body));

    // Then
    assertThat(problem.plainText()).doesNotContain("0123456789");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"%1B[31m=1", "%0A=1", "=1"})
  void doesNotRepeatAnImplausibleFieldName(String body) {
    // When
    Problem problem = refused(() -> parse(false, body));

    // Then
    assertThat(problem)
        .extracting(Problem::field, Problem::detail)
        .containsExactly("body", "unknown field");
  }

  @Test
  void doesNotRepeatALongFieldName() {
    // When
    Problem problem = refused(() -> parse(false, "x".repeat(10_000)));

    // Then
    assertThat(problem.plainText()).hasSizeLessThan(200);
  }

  @Test
  void acceptsADescriptionOf1024Characters() {
    // Given
    String longest = "x".repeat(1024);

    // When
    TokenRequest request = parse(false, "description=" + longest);

    // Then
    assertThat(request.description()).isEqualTo(longest);
  }

  @Test
  void refusesADescriptionOf1025Characters() {
    // When
    Problem problem = refused(() -> parse(false, "description=" + "x".repeat(1025)));

    // Then
    assertThat(problem.field()).isEqualTo("description");
  }

  private static TokenRequest parse(boolean json, String body) {
    return TokenRequest.parse(json, body, NONE);
  }

  @ParameterizedTest(name = "JSON {0}, {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "false | usages=",
        "false | groups=",
        "false | usages=&groups=",
        "false | usages=signing&usages=authentication",
        "false | usages=signing,authentication",
        "false | usages=authentication,signing,signing",
        "true  | {\"usages\": []}",
        "true  | {\"groups\": []}",
        "true  | {\"usages\": \"\", \"groups\": \"\"}",
        "true  | {\"usages\": \"signing,authentication\"}",
        "true  | {\"usages\": [\"signing\", \"authentication\"]}",
      })
  void usesTheDefaultsForEmptyUsagesOrGroups(boolean json, String body) {
    assertThat(parse(json, body)).isEqualTo(DEFAULTS);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "groups=system:bootstrappers:a, system:bootstrappers:a",
    "'groups=system:bootstrappers:b,system:bootstrappers:a', system:bootstrappers:b system:bootstrappers:a",
    "groups=system:bootstrappers:b&groups=system:bootstrappers:a, system:bootstrappers:b system:bootstrappers:a",
    "groups=system:bootstrappers:a:-:b, system:bootstrappers:a:-:b",
  })
  void keepsGroupsInTheirOrder(String body, String groups) {
    assertThat(parse(false, body).groups()).containsExactly(groups.split(" "));
  }

  /** The texts are kubeadm v1.20.2's. */
  @ParameterizedTest(name = "JSON {0}, {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "false | usages=foo                       | usages | invalid bootstrap token usage string: foo, valid usage options: signing,authentication",
        "false | usages=signing,foo,bar           | usages | invalid bootstrap token usage string: bar,foo, valid usage options: signing,authentication",
        "false | usages=Signing                   | usages | invalid bootstrap token usage string: Signing, valid usage options: signing,authentication",
        "false | usages=signing                   | groups | token groups cannot be specified unless --usages includes \"authentication\"",
        "false | usages=signing&groups=bar        | groups | token groups cannot be specified unless --usages includes \"authentication\"",
        "false | groups=foo                       | groups | bootstrap group \"foo\" is invalid (must match GROUP)",
        "false | groups=system:masters            | groups | bootstrap group \"system:masters\" is invalid (must match GROUP)",
        "false | groups=system:bootstrappers      | groups | bootstrap group \"system:bootstrappers\" is invalid (must match GROUP)",
        "false | groups=system:bootstrappers:     | groups | bootstrap group \"system:bootstrappers:\" is invalid (must match GROUP)",
        "false | groups=system:bootstrappers:A    | groups | bootstrap group \"system:bootstrappers:A\" is invalid (must match GROUP)",
        "false | groups=system:bootstrappers:a-   | groups | bootstrap group \"system:bootstrappers:a-\" is invalid (must match GROUP)",
        "false | groups=system:bootstrappers:a,+system:bootstrappers:b | groups | bootstrap group \" system:bootstrappers:b\" is invalid (must match GROUP)",
        "true  | {\"groups\": [\"system:bootstrappers:a,system:masters\"]} | groups | bootstrap group \"system:bootstrappers:a,system:masters\" is invalid (must match GROUP)",
        "true  | {\"groups\": [\"system:bootstrappers:a\\n\"]}        | groups | bootstrap group \"…\" is invalid (must match GROUP)",
        "true  | {\"groups\": [\"system:masters\\nsystem:bootstrappers:a\"]} | groups | bootstrap group \"…\" is invalid (must match GROUP)",
        "true  | {\"groups\": [\"system:bootstrappers:a\", \"\"]}     | groups | bootstrap group \"\" is invalid (must match GROUP)",
        "true  | {\"usages\": [\"\\u001b[31m\"]}                     | usages | invalid bootstrap token usage string: …, valid usage options: signing,authentication",
        "true  | {\"usages\": [\"abcdef.0123456789abcdef\"]}         | usages | invalid bootstrap token usage string: …, valid usage options: signing,authentication",
      })
  void refusesUsagesAndGroupsAsKubeadmDoes(boolean json, String body, String field, String detail) {
    // When
    Problem problem = refused(() -> parse(json, body));

    // Then
    assertThat(problem)
        .extracting(Problem::status, Problem::field, Problem::detail)
        .containsExactly(
            400,
            field,
            detail.replace("GROUP", "\\Asystem:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]\\z"));
  }

  @Test
  void acceptsAtMostSixteenGroups() {
    // Given
    String sixteen = "groups=" + "system:bootstrappers:a,".repeat(15) + "system:bootstrappers:a";

    // When, Then
    assertThat(parse(false, sixteen).groups()).hasSize(16);
    assertThat(refused(() -> parse(false, sixteen + ",system:bootstrappers:a")).accepted())
        .contains("16");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "a\\u0000b",
        "a\\u007fb",
        "a\\u0085b",
        "a\\u2028b",
        "a\\u2029b",
        "\\ud83d",
        "\\udc33\\ud83d"
      })
  void refusesADescriptionWithControlCharacters(String description) {
    assertThat(refused(() -> parse(true, "{\"description\": \"" + description + "\"}")).field())
        .isEqualTo("description");
  }

  @Test
  void measuresADescriptionInBytes() {
    // Given
    String longest = "é".repeat(512);

    // When, Then
    assertThat(parse(true, "{\"description\": \"" + longest + "\"}").description())
        .isEqualTo(longest);
    assertThat(refused(() -> parse(true, "{\"description\": \"" + longest + "x\"}")).field())
        .isEqualTo("description");
  }
}
