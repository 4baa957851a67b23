package io.podlab.token.kubeadm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.TokenRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The fields of {@code POST /tokens}, with the rules and error texts of kubeadm
 * (apis/kubeadm/validation).
 *
 * @param token {@code ID.SECRET}; empty for a random one
 * @param ttl time to live; zero for a token that never expires
 * @param usages sorted, without duplicates
 * @param groups in the order of the request
 * @param description may be empty
 */
record TokenRequest(
    Optional<String> token,
    Duration ttl,
    List<String> usages,
    List<String> groups,
    String description) {
  private static final Set<String> FIELDS =
      new TreeSet<>(List.of("token", "ttl", "usages", "groups", "description"));
  private static final Set<String> LISTS = Set.of("usages", "groups");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_-]{1,40}");
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9:_, -]{0,80}");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final String ALL_FIELDS =
      "a JSON object such as {\"ttl\": \"2h\"}; its fields are " + String.join(", ", FIELDS);
  private static final String FORM_EXAMPLE = "ttl=2h&description=lab";
  private static final int MOST_FIELDS = 1_024;

  /** JSON with the default Content-Type of {@code curl -d}. No field name starts like this. */
  private static final Pattern LOOKS_LIKE_JSON = Pattern.compile("^\\s*[{\\[]");

  TokenRequest {
    usages = List.copyOf(usages);
    groups = List.copyOf(groups);
  }

  /**
   * Parses a JSON object or form fields. An empty body means a token with all defaults.
   *
   * @throws ProblemException (400) naming the invalid field and the accepted values
   */
  static TokenRequest parse(boolean json, String body, TtlLimits limits) {
    return of(body.isBlank() ? Map.of() : json ? jsonFields(body) : formFields(body), limits);
  }

  /**
   * The token of this request.
   *
   * @param value {@code ID.SECRET}
   * @param now the start of its time to live
   */
  BootstrapToken toToken(String value, Instant now) {
    String[] parts = value.split("\\.");
    return new BootstrapToken(
        parts[0],
        parts[1],
        ttl.isZero()
            ? Optional.empty()
            : Optional.of(now.plus(ttl).truncatedTo(ChronoUnit.SECONDS)),
        usages,
        groups,
        description);
  }

  /** Whether {@code kubeadm join} can use the token, which needs both usages. */
  boolean canJoin() {
    return usages.containsAll(TokenRules.USAGES);
  }

  private static TokenRequest of(Map<String, List<String>> fields, TtlLimits limits) {
    List<String> usages = orDefault(fields.get("usages"), BootstrapToken.DEFAULT_USAGES);
    List<String> groups = orDefault(fields.get("groups"), BootstrapToken.DEFAULT_GROUPS);
    Optional<String> token = single(fields, "token").map(TokenRequest::checkedToken);
    Duration ttl = single(fields, "ttl").map(limits::checked).orElseGet(limits::standard);
    return new TokenRequest(
        token,
        ttl,
        checkedUsages(usages),
        checkedGroups(groups, usages, fields.containsKey("groups")),
        checkedDescription(single(fields, "description").orElse("")));
  }

  private static Optional<String> single(Map<String, List<String>> fields, String name) {
    return Optional.ofNullable(fields.get(name)).map(values -> values.get(0));
  }

  /** An empty list means the defaults, as with kubeadm. */
  private static List<String> orDefault(List<String> given, List<String> standard) {
    return given == null || given.isEmpty() ? standard : given;
  }

  private static String checkedToken(String token) {
    if (!BootstrapToken.FORM.matcher(token).matches()) {
      // kubeadm repeats the value here. It may be a real token with a typo, so we do not.
      throw bad(
          "token",
          "the bootstrap token was not of the form \"\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z\"",
          "6 characters of a-z and 0-9, a dot, and 16 more, or no token for a random one");
    }
    return token;
  }

  private static List<String> checkedUsages(List<String> usages) {
    Set<String> unknown = new TreeSet<>(usages);
    unknown.removeAll(TokenRules.USAGES);
    if (!unknown.isEmpty()) {
      throw bad(
          "usages",
          "invalid bootstrap token usage string: %s, valid usage options: signing,authentication"
              .formatted(shown(String.join(",", unknown))),
          "authentication, or signing,authentication (the default)");
    }
    return List.copyOf(new TreeSet<>(usages));
  }

  /**
   * @param given whether the request contains groups; otherwise they are kubeadm's default
   */
  private static List<String> checkedGroups(
      List<String> groups, List<String> usages, boolean given) {
    if (!usages.contains("authentication")) {
      throw bad(
          "groups",
          "token groups cannot be specified unless --usages includes \"authentication\"",
          given
              ? "usages=authentication or usages=signing,authentication"
              : "usages=authentication or usages=signing,authentication (kubeadm's default group"
                  + " needs authentication)");
    }
    if (groups.size() > TokenRules.MOST_GROUPS) {
      throw bad("groups", "too many groups", "at most %d groups".formatted(TokenRules.MOST_GROUPS));
    }
    for (String group : groups) {
      if (!TokenRules.isGroup(group)) {
        throw bad(
            "groups",
            "bootstrap group \"%s\" is invalid (must match %s)"
                .formatted(shown(group), TokenRules.GROUP_FORM),
            "groups such as system:bootstrappers:my-nodes");
      }
    }
    return groups;
  }

  /** Hides text that is long, contains control characters, or may be a token. */
  private static String shown(String given) {
    return HARMLESS.matcher(given).matches() ? given : "…";
  }

  private static String checkedDescription(String description) {
    if (!TokenRules.isDescription(description)) {
      throw bad(
          "description",
          "the value is too long or contains control characters",
          "one line of at most " + TokenRules.LONGEST_DESCRIPTION + " bytes");
    }
    return description;
  }

  private static Map<String, List<String>> jsonFields(String body) {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JsonMappingException repeated) {
      throw bad("body", "the JSON repeats a field or continues after the object", ALL_FIELDS);
    } catch (JsonProcessingException malformed) {
      throw bad("body", "the text is not valid JSON", ALL_FIELDS);
    }
    if (!root.isObject()) {
      throw bad("body", "the JSON is not an object", ALL_FIELDS);
    }
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : root.properties()) {
      String name = known(property.getKey());
      fields.put(
          name,
          LISTS.contains(name)
              ? jsonList(name, property.getValue())
              : List.of(jsonString(name, property.getValue())));
    }
    return fields;
  }

  private static String jsonString(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw bad(field, "the value is not a string", "text in double quotes");
    }
    return value.asText();
  }

  private static List<String> jsonList(String field, JsonNode value) {
    if (value.isTextual()) {
      return splitAtCommas(List.of(value.asText()));
    }
    List<String> values = new ArrayList<>();
    for (JsonNode one : value) {
      values.add(one.isTextual() ? one.asText() : null);
    }
    if (!value.isArray() || values.contains(null)) {
      throw bad(
          field,
          "the value is not an array of strings",
          "an array such as [\"a\", \"b\"], or one string with commas");
    }
    return values;
  }

  private static Map<String, List<String>> formFields(String body) {
    if (LOOKS_LIKE_JSON.matcher(body).find()) {
      throw bad(
          "body",
          "the body looks like JSON, but the Content-Type says form fields",
          "the header 'Content-Type: application/json' with JSON, or form fields such as "
              + FORM_EXAMPLE);
    }
    Map<String, List<String>> fields = new LinkedHashMap<>();
    try {
      // The decoder is for URLs and would drop a fragment; curl -d does not escape '#'.
      String escaped = body.replace("#", "%23");
      var decoder =
          new QueryStringDecoder(escaped, StandardCharsets.UTF_8, false, MOST_FIELDS, true);
      for (var field : decoder.parameters().entrySet()) {
        String name = known(field.getKey());
        List<String> values = field.getValue();
        if (LISTS.contains(name)) {
          values = splitAtCommas(values);
        } else if (values.size() > 1) {
          throw bad(name, "the field is repeated", "one value");
        }
        fields.put(name, values);
      }
    } catch (IllegalArgumentException badEscape) {
      throw bad("body", "the text is not valid form data", "form fields such as " + FORM_EXAMPLE);
    }
    return fields;
  }

  /** Like kubeadm's flags, which accept commas and can be repeated. */
  private static List<String> splitAtCommas(List<String> values) {
    return values.stream()
        .filter(value -> !value.isEmpty())
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .toList();
  }

  /** The message repeats only a plausible name: the text may be a token without a field name. */
  private static String known(String field) {
    if (FIELDS.contains(field)) {
      return field;
    }
    String accepted = String.join(", ", FIELDS).replaceFirst(", (\\w+)$", " or $1");
    throw NAME.matcher(field).matches()
        ? bad(field, "unknown field", accepted)
        : bad("body", "unknown field", accepted);
  }

  private static ProblemException bad(String field, String detail, String accepted) {
    return new ProblemException(Problem.badField(field, detail, accepted));
  }
}
