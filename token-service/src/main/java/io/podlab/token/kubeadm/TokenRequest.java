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
 * What {@code POST /tokens} is asked for, checked as kubeadm checks it (apis/kubeadm/validation),
 * with its texts.
 *
 * @param token the token's value; empty for a random one
 * @param ttl how long it shall live; zero for ever
 * @param usages sorted, each once
 * @param groups in the order they were given
 * @param description empty for none
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
  private static final String ALL_FIELDS = "an object with " + String.join(", ", FIELDS);
  private static final int MOST_FIELDS = 1_024;

  TokenRequest {
    usages = List.copyOf(usages);
    groups = List.copyOf(groups);
  }

  /**
   * From a JSON object or from form fields; an empty body asks for a token with all defaults.
   *
   * @throws ProblemException (400) naming the field that is wrong and what is accepted
   */
  static TokenRequest parse(boolean json, String body, TtlLimits limits) {
    return of(body.isBlank() ? Map.of() : json ? jsonFields(body) : formFields(body), limits);
  }

  /**
   * The token that is asked for.
   *
   * @param value its id and secret half
   * @param now when its time to live begins
   */
  BootstrapToken toToken(String value, Instant now) {
    String[] halves = value.split("\\.");
    return new BootstrapToken(
        halves[0],
        halves[1],
        ttl.isZero()
            ? Optional.empty()
            : Optional.of(now.plus(ttl).truncatedTo(ChronoUnit.SECONDS)),
        usages,
        groups,
        description);
  }

  /** Whether {@code kubeadm join} can use it: it trusts by one usage, and logs in by the other. */
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
        checkedGroups(groups, usages),
        checkedDescription(single(fields, "description").orElse("")));
  }

  private static Optional<String> single(Map<String, List<String>> fields, String name) {
    return Optional.ofNullable(fields.get(name)).map(values -> values.get(0));
  }

  /** Given none, kubeadm takes the defaults. */
  private static List<String> orDefault(List<String> given, List<String> standard) {
    return given == null || given.isEmpty() ? standard : given;
  }

  private static String checkedToken(String token) {
    if (!BootstrapToken.FORM.matcher(token).matches()) {
      // kubeadm repeats the value; but it may be a real token with one character wrong.
      throw bad(
          "token",
          "the bootstrap token was not of the form \"\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z\"",
          "six of a-z and 0-9, a dot, and sixteen more; none for a random one");
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
          "signing, authentication, or both; none for both");
    }
    return List.copyOf(new TreeSet<>(usages));
  }

  private static List<String> checkedGroups(List<String> groups, List<String> usages) {
    if (!usages.contains("authentication")) {
      throw bad(
          "groups",
          "token groups cannot be specified unless --usages includes \"authentication\"",
          "usages that include authentication; given no groups, kubeadm's default group counts");
    }
    if (groups.size() > TokenRules.MOST_GROUPS) {
      throw bad("groups", "there are too many", "at most " + TokenRules.MOST_GROUPS);
    }
    for (String group : groups) {
      if (!TokenRules.isGroup(group)) {
        throw bad(
            "groups",
            "bootstrap group \"%s\" is invalid (must match %s)"
                .formatted(shown(group), TokenRules.GROUP_FORM),
            "groups that begin with system:bootstrappers:");
      }
    }
    return groups;
  }

  /** Nothing that is long, moves a terminal's cursor, or may be a token in the wrong field. */
  private static String shown(String given) {
    return HARMLESS.matcher(given).matches() ? given : "…";
  }

  private static String checkedDescription(String description) {
    if (!TokenRules.isDescription(description)) {
      throw bad(
          "description",
          "it is too long or has control characters",
          "one line of at most " + TokenRules.LONGEST_DESCRIPTION + " bytes");
    }
    return description;
  }

  private static Map<String, List<String>> jsonFields(String body) {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JsonMappingException repeated) {
      throw bad("body", "it is not one object with every field once", ALL_FIELDS);
    } catch (JsonProcessingException malformed) {
      throw bad("body", "it is not JSON", ALL_FIELDS);
    }
    if (!root.isObject()) {
      throw bad("body", "it is not a JSON object", ALL_FIELDS);
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
      throw bad(field, "it is not a string", "a JSON string");
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
      throw bad(field, "it is not an array of strings", "a JSON array of strings");
    }
    return values;
  }

  private static Map<String, List<String>> formFields(String body) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    try {
      // The decoder is made for URLs, where a fragment would begin; curl -d escapes nothing.
      String escaped = body.replace("#", "%23");
      var decoder =
          new QueryStringDecoder(escaped, StandardCharsets.UTF_8, false, MOST_FIELDS, true);
      for (var field : decoder.parameters().entrySet()) {
        String name = known(field.getKey());
        List<String> values = field.getValue();
        if (LISTS.contains(name)) {
          values = splitAtCommas(values);
        } else if (values.size() > 1) {
          throw bad(name, "it is given more than once", "one value");
        }
        fields.put(name, values);
      }
    } catch (IllegalArgumentException badEscape) {
      throw bad("body", "it is not form data", "fields such as ttl=2h&description=lab");
    }
    return fields;
  }

  /** As kubeadm's flags do it, which may be repeated too. */
  private static List<String> splitAtCommas(List<String> values) {
    return values.stream()
        .filter(value -> !value.isEmpty())
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .toList();
  }

  /** What is no name is not repeated: it may be a token that was sent without its field. */
  private static String known(String field) {
    if (FIELDS.contains(field)) {
      return field;
    }
    String accepted = String.join(", ", FIELDS);
    throw NAME.matcher(field).matches()
        ? bad(field, "there is no such field", accepted)
        : bad("body", "it has a field that is not one of these", accepted);
  }

  private static ProblemException bad(String field, String detail, String accepted) {
    return new ProblemException(Problem.badField(field, detail, accepted));
  }
}
